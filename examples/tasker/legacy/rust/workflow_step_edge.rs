use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// An arrow of the step graph.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct WorkflowStepEdge {
    pub from_step_id: i64,
    pub to_step_id: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewWorkflowStepEdge {
    pub from_step_id: i64,
    pub to_step_id: i64,
}
