//! Models that drift in every way.

/// Maps to `billing.invoices`
#[derive(FromRow)]
pub struct Invoice {
    pub number: i64,
    pub total: Option<i32>,
    pub issued: DateTime<Utc>,
    pub paid: Option<bool>,
    pub note: String,
    pub parts: Vec<i32>,
    pub legacy: Option<Vec<String>>,
    pub region: other::Region,
    pub shape: String,
    pub regions: Vec<other::Region>,
    pub ago: Vec<String>,
    pub attempts_left: i32, // drift-ignore extra-field
}

#[derive(FromRow)]
pub struct Task {
    pub id: i64,
    pub name: String,
    pub max_retries: i32,
    #[serde(rename = "code")]
    pub short: String,
    pub owner_label: Option<String>,
    pub status: String,
    pub latest_error: Option<String>,
    pub age: i32,
    pub weight: i32,
    pub rating: i32,
    pub written: bool,
    pub nowhere: bool,
    pub more1: bool,
    pub more2: bool,
    pub more3: bool,
    pub more4: bool,
    pub more5: bool,
    pub more6: bool,
    pub more7: bool,
    pub more8: bool,
}

// drift-ignore unknown-type
/// Maps to the table `tasks`
pub struct TaskSummary {
    pub id: i64,
    pub nome: String,
}

pub struct NewTask {
    pub name: String,
}

#[derive(FromRow)]
pub struct Move {
    pub task_id: i64,
    pub to_state: String,
    pub metadata: Value,
}

#[derive(FromRow)]
pub struct Odd {
    pub a: i32,
    #[sqlx(rename = "b`c")]
    pub b: i32,
    pub from: i64,
    pub twice: Option<i32>,
}

/// Maps to `gone_for_good`
pub struct Gone {
    pub id: i64,
}

pub struct Note {
    pub id: i64,
}

#[derive(FromRow)]
pub struct Count {
    pub n: i64,
}

pub struct Settings {
    pub verbose: bool,
}

model! { pub struct Made { id: i64 } }

fn write() {
    query("UPDATE tasks SET written = $1 WHERE id = $2");
}
