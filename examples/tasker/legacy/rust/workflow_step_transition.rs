use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// One change of a step's state.
///
/// Maps to `tasker_workflow_step_transitions` table.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct WorkflowStepTransition {
    pub id: i64,
    pub to_state: String,
    pub from_state: Option<String>,
    pub metadata: serde_json::Value,
    pub sort_key: i32,
    pub most_recent: bool,
    pub workflow_step_id: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewWorkflowStepTransition {
    pub to_state: String,
    pub from_state: Option<String>,
    pub metadata: serde_json::Value,
    pub sort_key: i32,
    pub workflow_step_id: i64,
}
