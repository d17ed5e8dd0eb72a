//! Argon2 in memory that goes back to the system as soon as a password is hashed.

use argon2::{Algorithm, Argon2, Block, Params, Version};

/// Blocks of 32 MiB and a little more. The C library (glibc) maps a request of this size for itself alone and
/// unmaps it when it is freed. A smaller one it serves, from the second time on, out of the heap of whichever
/// thread asks, and keeps it there: tens of megabytes for each thread that has ever hashed. What is
/// reserved and never written takes no memory.
const MAPPED: usize = 32 * 1024 + 64;

/// The hash of a password.
pub(super) fn derive(params: Params, password: &[u8], salt: &[u8]) -> Option<[u8; 32]> {
    let blocks = params.block_count();
    let mut memory = Vec::with_capacity(blocks.max(MAPPED));
    memory.resize(blocks, Block::new());
    let mut hash = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into_with_memory(password, salt, &mut hash, &mut memory[..]).ok()?;
    Some(hash)
}
