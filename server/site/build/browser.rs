//! The islands, compiled for the browser: a second cargo in a target folder of its own (the first one
//! holds the lock of the usual folder), then wasm-bindgen as a library.

use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::shelf::Shelf;

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the islands and puts module, WebAssembly and start script on the shelf.
pub fn put_islands(root: &Path, release: bool, shelf: &mut Shelf) -> Result<(), Box<dyn Error>> {
    add_target()?;
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("browser");
    let compiled = compile(root, &folder, release)?;
    watch(root, &compiled)?;
    let mut output = bind(&compiled)?;
    let wasm = shelf.put("islands.wasm", &output.wasm_mut().emit_wasm())?;
    let module = put_module(&output, shelf)?;
    let start = fs::read_to_string(root.join(START))?;
    let start = start.replace("/islands.js", &module).replace("/islands.wasm", &wasm);
    shelf.name_some("START_JS", "start.js", start.as_bytes())
}

/// The script that starts the islands: written by hand, with URLs that are filled in here.
const START: &str = "app/src/islands/start.js";

/// Adds the browser as a compilation target where rustup has not done so yet.
fn add_target() -> Result<(), Box<dyn Error>> {
    let found =
        clean(&mut Command::new("rustc")).args(["--print", "target-libdir", "--target", TARGET]).output();
    let folder =
        found.map(|found| String::from_utf8_lossy(&found.stdout).trim().to_owned()).unwrap_or_default();
    if !folder.is_empty() && Path::new(&folder).exists() {
        return Ok(());
    }
    match clean(&mut Command::new("rustup")).args(["target", "add", TARGET]).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!(
            "The console's islands need the compilation target {TARGET}, and adding it failed.\n\
             Add it with `rustup target add {TARGET}`, or with your system's packages.\n\
             To check or lint without the islands, set HAILONG_BUNDLE=skip."
        )
        .into()),
    }
}

/// Runs cargo for the browser and returns the WebAssembly it made.
fn compile(root: &Path, folder: &Path, release: bool) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let profile = if release { "wasm-release" } else { "dev" };
    let mut command = Command::new(cargo);
    clean(&mut command)
        .current_dir(root)
        .args(["build", "--locked", "--package", "app", "--lib", "--target", TARGET])
        .args(["--no-default-features", "--features", "hydrate", "--profile", profile, "--target-dir"])
        .arg(folder);
    if !release {
        // While one develops, the wait for the compiler counts, and nobody steps through WebAssembly.
        command
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_PROFILE_DEV_BUILD_OVERRIDE_OPT_LEVEL", "0");
    }
    let output = command.output()?;
    if !output.status.success() {
        return Err(
            format!("The islands do not compile.\n{}", String::from_utf8_lossy(&output.stderr)).into()
        );
    }
    let place = if release { profile } else { "debug" };
    Ok(folder.join(TARGET).join(place).join("app.wasm"))
}

/// Takes away what the first cargo (or clippy, or a wrapper) means for its own compilation only.
fn clean(command: &mut Command) -> &mut Command {
    for (name, _) in env::vars_os().filter(|(name, _)| is_foreign(name)) {
        command.env_remove(name);
    }
    command
}

/// Whether a variable speaks of the first compilation. Where cargo finds its registry, how it reaches it
/// and how many jobs may run stay as they are.
fn is_foreign(name: &OsStr) -> bool {
    const OURS: [&str; 7] = [
        "CARGO_HOME",
        "CARGO_MAKEFLAGS",
        "CARGO_NET_",
        "CARGO_HTTP_",
        "CARGO_REGISTRIES_",
        "CARGO_REGISTRY_",
        "CARGO_TERM_",
    ];
    const THEIRS: [&str; 6] = ["CARGO", "RUSTC", "RUSTDOC", "RUSTFLAGS", "CLIPPY_", "DEP_"];
    let name = name.to_string_lossy();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    starts(&THEIRS) && !starts(&OURS)
}

/// Turns the compiler's WebAssembly into a module that a browser can import.
fn bind(compiled: &Path) -> Result<Output, Box<dyn Error>> {
    let bound = || {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(compiled).out_name("islands").typescript(false).omit_default_module_path(true);
        bindgen.remove_name_section(true).remove_producers_section(true);
        bindgen.web(true)?.generate_output()
    };
    bound().map_err(|error| format!("wasm-bindgen refuses the islands: {error:#}").into())
}

/// Puts the module on the shelf, after the scripts of dependencies that it imports.
fn put_module(output: &Output, shelf: &mut Shelf) -> Result<String, Box<dyn Error>> {
    let mut module = output.js().to_owned();
    for (owner, scripts) in output.snippets() {
        for (index, script) in scripts.iter().enumerate() {
            let place = format!("./snippets/{owner}/inline{index}.js");
            if module.contains(&place) {
                module = module.replace(&place, &shelf.put("snippet.js", script.as_bytes())?);
            }
        }
    }
    if module.contains("./snippets/") {
        return Err("A dependency of the islands imports a script file, and nothing would serve it.".into());
    }
    shelf.put("islands.js", module.as_bytes())
}

/// Has cargo run this again when, and only when, something changes that the islands are made of: the
/// compiler wrote down which files it read.
fn watch(root: &Path, compiled: &Path) -> Result<(), Box<dyn Error>> {
    let read = fs::read_to_string(compiled.with_extension("d"))?;
    let (_, sources) = read.split_once(": ").ok_or("the compiler's list of sources is empty")?;
    let spaced = sources.replace("\\ ", "\0");
    for source in spaced.split_whitespace() {
        println!("cargo::rerun-if-changed={}", source.replace('\0', " "));
    }
    for file in ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "app/Cargo.toml", START] {
        println!("cargo::rerun-if-changed={}", root.join(file).display());
    }
    Ok(())
}
