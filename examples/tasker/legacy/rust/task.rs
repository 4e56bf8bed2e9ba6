use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use super::workflow_step::WorkflowStep;

/// One run of a named task.
///
/// Maps to `tasker_tasks` table.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct Task {
    pub task_id: i64,
    pub state: String,
    pub context: serde_json::Value,
    pub most_recent_error_message: Option<String>,
    pub most_recent_error_backtrace: Option<String>,
    pub named_task_id: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What a caller gives to start a task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewTask {
    pub context: serde_json::Value,
    pub named_task_id: i32,
}

/// A task with all of its steps, as the orchestrator passes it around.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TaskWithSteps {
    pub task: Task,
    pub steps: Vec<WorkflowStep>,
}

impl Task {
    pub async fn find(pool: &PgPool, task_id: i64) -> Result<Task, sqlx::Error> {
        sqlx::query_as::<_, Task>("SELECT * FROM tasker_tasks WHERE task_id = $1")
            .bind(task_id)
            .fetch_one(pool)
            .await
    }

    pub async fn touch(&self, pool: &PgPool) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE tasker_tasks SET updated_at = now() WHERE task_id = $1")
            .bind(self.task_id)
            .execute(pool)
            .await?;
        Ok(())
    }
}
