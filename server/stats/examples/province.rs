//! A province of 80 units × 22 nodes, for measuring: how long the comparisons of a page take.
//!
//! ```text
//! cargo build --release -p stats --example province
//! time target/release/examples/province pairs 100   # all pairs of all nodes with Holm, 100 times
//! time target/release/examples/province ranks 1     # rank sets of one node, 100 000 draws
//! time target/release/examples/province correlated 1
//! time target/release/examples/province marginal 1
//! time target/release/examples/province maxima 1    # simultaneous intervals of one node
//! ```
//!
//! The clock is that of whoever runs it.

use std::env;
use std::error::Error;

use stats::Estimate;
use stats::joint::Joint;
use stats::multiplicity::holm;
use stats::pairwise::{adjusted, independent, max_z};
use stats::random::{Random, Simulation};
use stats::ranks::{Procedure, marginal, simultaneous};

const UNITS: usize = 80;
const NODES: usize = 22;

fn node(random: &mut Random) -> Vec<Estimate> {
    let unit = |_| {
        let n = 60 + random.binomial(200, 0.5);
        let est = (0.88 + 0.05 * random.normal()).clamp(0.1, 0.99);
        let se = (1.6 * est * (1.0 - est) / n as f64).sqrt();
        Estimate { est, se: Some(se), df: n - 1, n, answers: 13 * n, lonely: 0 }
    };
    (0..UNITS).map(unit).collect()
}

/// The estimates of one node with an error that all share.
fn sharing(units: &[Estimate]) -> Result<Joint, Box<dyn Error>> {
    let entry = |at: usize| {
        let own = if at / UNITS == at % UNITS { units[at / UNITS].variance().unwrap_or(0.0) } else { 0.0 };
        own + 1e-4
    };
    let est: Vec<f64> = units.iter().map(|unit| unit.est).collect();
    Ok(Joint::correlated(&est, &(0..UNITS * UNITS).map(entry).collect::<Vec<_>>())?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let times: usize = arguments.next().unwrap_or_else(|| "1".to_owned()).parse()?;
    let mut random = Random::seeded(1);
    let nodes: Vec<Vec<Estimate>> = (0..NODES).map(|_| node(&mut random)).collect();
    let joint = Joint::independent(&nodes[0])?;
    let simulation = Simulation::default();
    let mut told = 0;
    for _ in 0..times {
        told = match what.as_str() {
            "pairs" => {
                let clear = |units: &Vec<Estimate>| {
                    adjusted(&independent(units), holm).into_iter().flatten().filter(|p| *p <= 0.05).count()
                };
                nodes.iter().map(clear).sum()
            }
            "ranks" => wide(&simultaneous(&joint, 0.95, Procedure::StepDown, simulation)?.high),
            "correlated" => {
                wide(&simultaneous(&sharing(&nodes[0])?, 0.95, Procedure::StepDown, simulation)?.high)
            }
            "marginal" => wide(&marginal(&joint, 0.95, Procedure::StepDown, simulation)?.high),
            "maxima" => {
                max_z(&joint, 0.95, simulation)?.p.into_iter().flatten().filter(|p| *p <= 0.05).count()
            }
            _ => return Err("pairs, ranks, correlated, marginal or maxima".into()),
        };
    }
    println!("{what}: {told}");
    Ok(())
}

fn wide(ends: &[usize]) -> usize {
    ends.iter().sum()
}
