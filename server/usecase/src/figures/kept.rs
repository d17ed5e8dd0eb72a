//! Results that took long, by what they were computed from. A release never changes, so they are only
//! dropped to save memory.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Results kept at once.
const MOST: usize = 64;

/// See the module.
pub(super) struct Kept<K, V>(Mutex<VecDeque<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K, V> fmt::Debug for Kept<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
    }

    pub(super) fn put(&self, key: K, value: V) -> Arc<V> {
        let value = Arc::new(value);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != key);
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back((key, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, MOST};

    #[test]
    fn the_newest_results_are_kept_and_one_of_each() {
        let kept = Kept::default();
        for key in 0..=MOST {
            kept.put(key, key);
        }
        assert_eq!((kept.get(&0), kept.get(&1).as_deref()), (None, Some(&1)));
        kept.put(1, 7);
        assert_eq!(kept.get(&1).as_deref(), Some(&7));
    }
}
