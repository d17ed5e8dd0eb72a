//! Group commit: many submissions share one transaction, and so one wait for the disk. A poisoned
//! one is found by trying each alone, and hurts nobody else.

use crate::inbox::{Envelope, Outcome};
use crate::{Store, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Most submissions that share a commit.
pub const BATCH: usize = 64;
/// Most submissions that wait for a commit; more are told to come back in a moment.
const QUEUE: usize = 2_048;
/// How often a deadlock or a busy file is tried again.
const TRIES: usize = 8;
/// How long whoever gives way waits before it looks again, and how often it looks: some three commits.
const MOMENT: Duration = Duration::from_millis(4);
const MOMENTS: usize = 4;

struct Order {
    envelope: Envelope,
    reply: oneshot::Sender<Result<Outcome, StoreError>>,
}

/// The one writer of a process for answers that arrive.
#[derive(Debug, Clone)]
pub struct Committer {
    queue: mpsc::Sender<Order>,
    /// Answers that wait for a commit or are in one.
    waiting: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order")
    }
}

impl Committer {
    /// Starts the writer. It ends when the last handle is dropped and everything is written.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (queue, mut orders) = mpsc::channel::<Order>(QUEUE);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while orders.recv_many(&mut batch, BATCH).await > 0 {
                commit(&store, std::mem::take(&mut batch)).await;
            }
        });
        Self { queue, waiting: Arc::default() }
    }

    /// Gives way, for a moment, to answers that wait for a commit. Whoever moves many rows of the same file
    /// asks for it after each piece, so that people who answer meanwhile are not kept waiting.
    pub async fn give_way(&self) {
        for _ in 0..MOMENTS {
            if self.waiting.load(Ordering::Relaxed) == 0 {
                return;
            }
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// Keeps an answer. When this returns [`Outcome::New`], the answer survives a power cut.
    ///
    /// # Errors
    /// [`StoreError::Full`] where too many wait, else whatever the database says of this answer.
    pub async fn keep(&self, envelope: Envelope) -> Result<Outcome, StoreError> {
        let (reply, answer) = oneshot::channel();
        let _one = Waiting::of(&self.waiting);
        self.queue.try_send(Order { envelope, reply }).map_err(|_| StoreError::Full)?;
        answer.await.map_err(|_| StoreError::Full)?
    }

    /// Keeps many answers of one sender, and says of each what became of it, in the order given. They may
    /// share a commit with others; one that fails takes no other with it.
    pub async fn keep_all(&self, envelopes: Vec<Envelope>) -> Vec<Result<Outcome, StoreError>> {
        let mut answers = Vec::with_capacity(envelopes.len());
        for envelope in envelopes {
            let (reply, answer) = oneshot::channel();
            let sent = self.queue.try_send(Order { envelope, reply });
            answers.push(sent.map(|()| answer));
        }
        let mut outcomes = Vec::with_capacity(answers.len());
        for answer in answers {
            outcomes.push(match answer {
                Ok(answer) => answer.await.unwrap_or(Err(StoreError::Full)),
                Err(_) => Err(StoreError::Full),
            });
        }
        outcomes
    }
}

/// One answer that waits; it is counted off however its wait ends.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn of(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn commit(store: &Store, batch: Vec<Order>) {
    let mut by_tenant: BTreeMap<_, Vec<Order>> = BTreeMap::new();
    for order in batch {
        by_tenant.entry(order.envelope.tenant).or_default().push(order);
    }
    for orders in by_tenant.into_values() {
        let (envelopes, replies): (Vec<_>, Vec<_>) =
            orders.into_iter().map(|o| (o.envelope, o.reply)).unzip();
        match keep_patiently(store, &envelopes).await {
            Ok(outcomes) => {
                outcomes.into_iter().zip(replies).for_each(|(one, reply)| drop(reply.send(Ok(one))));
            }
            Err(_) => {
                for (envelope, reply) in envelopes.into_iter().zip(replies) {
                    let alone = keep_patiently(store, std::slice::from_ref(&envelope)).await;
                    drop(reply.send(alone.map(|one| one.first().copied().unwrap_or(Outcome::SentBefore))));
                }
            }
        }
    }
}

async fn keep_patiently(store: &Store, envelopes: &[Envelope]) -> Result<Vec<Outcome>, StoreError> {
    let mut tries = 0;
    loop {
        match store.keep(envelopes).await {
            Err(error) if error.is_passing() && tries < TRIES => tries += 1,
            other => return other,
        }
    }
}
