//! The console's pages. Each is one function from a view-model and a [`Frame`] to a document:
//! nothing here asks a question, computes a figure or knows a request.
//!
//! To add a page: 1. its phrases in `i18n/console`; 2. its view-model and `render_…` here below;
//! 3. a line in `examples/console_pages.rs`, so that it can be looked at.

mod agency;
mod changed;
mod choices;
mod demonstration;
mod failure;
mod frame;
mod home;
mod method;
mod office;
mod poster;
mod province;
mod sign_in;
mod stamp;
mod told;

pub use agency::render_agency;
pub use demonstration::{Demonstration, DemonstrationResult, render_demonstration};
pub use failure::{BadAddress, Failure, render_failure};
pub use frame::{Area, Assets, Frame, Viewer};
pub use home::{Home, render_home};
pub use method::{Method, Weight, render_method};
pub use office::{
    PosterPlace, PosterPlaces, SurveyLine, SurveyState, Surveys, render_poster_places, render_surveys,
};
pub use poster::{Poster, SheetSize, poster_svg, render_poster};
pub use province::{ORDERS, order_word, render_province};
pub use sign_in::{SignIn, SignInProblem, render_sign_in};
