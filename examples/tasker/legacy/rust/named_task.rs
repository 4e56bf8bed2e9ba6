use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

/// A kind of task that can be run.
///
/// Maps to `tasker_named_tasks` table.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct NamedTask {
    pub named_task_id: i32,
    pub name: String,
    pub version: i32,
    pub description: Option<String>,
    pub task_namespace_id: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewNamedTask {
    pub name: String,
    pub version: i32,
    pub description: Option<String>,
    pub task_namespace_id: i32,
}

impl NamedTask {
    /// Steps are joined here: the join table has no model of its own.
    pub async fn add_step(&self, pool: &PgPool, named_step_id: i32) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO tasker_named_tasks_named_steps (named_task_id, named_step_id, created_at, updated_at) \
             VALUES ($1, $2, now(), now())",
        )
        .bind(self.named_task_id)
        .bind(named_step_id)
        .execute(pool)
        .await?;
        Ok(())
    }
}
