//! Helping people to answer: handing a tablet over, interviews by telephone, and what came of them.

mod call;
mod lists;
mod start;

pub use call::{CallDesk, CallDeskLine, CallPage, render_call, render_call_desk};
pub use lists::{CallLine, CallProblem, CallsForm, CallsPage, HelperLine, render_calls};
pub use start::{AssistPage, AssistProblem, render_assist};
