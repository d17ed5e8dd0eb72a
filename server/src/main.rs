//! `hailong`: the product in one binary.

fn main() -> std::process::ExitCode {
    server::cli::run()
}
