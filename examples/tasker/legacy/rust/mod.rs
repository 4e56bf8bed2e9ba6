pub mod named_step;
pub mod named_task;
pub mod task;
pub mod task_namespace;
pub mod task_transition;
pub mod workflow_step;
pub mod workflow_step_edge;
pub mod workflow_step_transition;
