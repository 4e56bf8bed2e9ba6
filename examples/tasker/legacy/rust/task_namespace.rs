use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// A group of named tasks.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct TaskNamespace {
    pub task_namespace_id: i32,
    pub name: String,
    pub description: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewTaskNamespace {
    pub name: String,
    pub description: Option<String>,
}
