use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

/// A step of a task, with what it was given and what came out.
///
/// Maps to `tasker_workflow_steps` table.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct WorkflowStep {
    pub workflow_step_id: i64,
    pub state: String,
    pub context: serde_json::Value,
    pub output: serde_json::Value,
    pub retry_count: i32,
    pub max_retries: i32,
    pub next_retry_at: Option<DateTime<Utc>>,
    pub most_recent_error_message: Option<String>,
    pub most_recent_error_backtrace: Option<String>,
    pub task_id: i64,
    pub named_step_id: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What the orchestrator gives to add a step to a task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewWorkflowStep {
    pub task_id: i64,
    pub named_step_id: i32,
    pub context: serde_json::Value,
    pub max_retries: i32,
}

impl WorkflowStep {
    pub async fn for_task(pool: &PgPool, task_id: i64) -> Result<Vec<WorkflowStep>, sqlx::Error> {
        sqlx::query_as::<_, WorkflowStep>(
            "SELECT * FROM tasker_workflow_steps WHERE task_id = $1 ORDER BY workflow_step_id",
        )
        .bind(task_id)
        .fetch_all(pool)
        .await
    }

    /// Plans the next attempt after a failure.
    pub async fn schedule_retry(&self, pool: &PgPool, at: DateTime<Utc>) -> Result<(), sqlx::Error> {
        sqlx::query(
            r#"
            UPDATE tasker_workflow_steps
            SET next_retry_at = $2, updated_at = now()
            WHERE workflow_step_id = $1
            "#,
        )
        .bind(self.workflow_step_id)
        .bind(at)
        .execute(pool)
        .await?;
        Ok(())
    }
}
