use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

/// One change of a task's state.
///
/// Maps to `tasker_task_transitions` table.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct TaskTransition {
    pub id: i64,
    pub to_state: String,
    pub from_state: Option<String>,
    pub metadata: serde_json::Value,
    pub sort_key: i32,
    pub most_recent: bool,
    pub task_id: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewTaskTransition {
    pub to_state: String,
    pub from_state: Option<String>,
    pub metadata: serde_json::Value,
    pub sort_key: i32,
    pub task_id: i64,
}

impl TaskTransition {
    pub async fn current(pool: &PgPool, task_id: i64) -> Result<Option<TaskTransition>, sqlx::Error> {
        sqlx::query_as::<_, TaskTransition>(
            "SELECT * FROM tasker_task_transitions WHERE task_id = $1 AND most_recent",
        )
        .bind(task_id)
        .fetch_optional(pool)
        .await
    }
}
