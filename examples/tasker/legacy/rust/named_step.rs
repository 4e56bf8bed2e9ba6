use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// A kind of step that named tasks are made of.
#[derive(Debug, Clone, Serialize, Deserialize, FromRow)]
pub struct NamedStep {
    pub named_step_id: i32,
    pub name: String,
    pub version: i32,
    pub description: Option<String>,
    pub handler_class: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewNamedStep {
    pub name: String,
    pub version: i32,
    pub description: Option<String>,
    pub handler_class: String,
}
