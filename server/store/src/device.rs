//! Tablets at counters: their keys, how they behave, when they were last heard of.

use crate::cell::{day, day_number, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::device::{Device, DeviceState, PUBLIC_KEY, Settings};
use domain::id::{DeviceId, Tenant, TouchpointId};
use time::Date;

/// Bytes of the hash of a pairing secret.
pub const HASH: usize = 32;
const TABLE: &str = "device";

/// A device that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// Its id.
    pub id: DeviceId,
    /// Its name.
    pub name: String,
    /// Where it hangs.
    pub touchpoint: TouchpointId,
    /// How it behaves.
    pub settings: Settings,
    /// The day.
    pub made_on: Date,
}

/// The right to pair a tablet with a device, for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation {
    /// Hash of the secret.
    pub hash: [u8; HASH],
    /// Until when, microseconds UTC.
    pub until: i64,
}

/// What a tablet tells of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The hour, as hours since 1970 UTC.
    pub hour: i64,
    /// What waits on it, whole tens.
    pub waiting: u32,
    /// What it dropped, whole tens.
    pub dropped: u32,
    /// What it runs.
    pub version: String,
    /// Drawn by the tablet each time it starts, and kept nowhere there.
    pub session: [u8; 16],
    /// Today.
    pub on: Date,
}

#[derive(sqlx::FromRow)]
struct DeviceRow {
    device_id: Vec<u8>,
    name: String,
    touchpoint_id: Vec<u8>,
    state: String,
    thanks: i64,
    idle: i64,
    repeat_within: i64,
    follow_up: i64,
    layout: String,
    public_key: Option<Vec<u8>>,
    made_on: i64,
    paired_on: Option<i64>,
    revoked_on: Option<i64>,
    seen_hour: Option<i64>,
    waiting: i64,
    dropped: i64,
    version: String,
    twins_on: Option<i64>,
}

impl DeviceRow {
    fn device(self) -> Result<Device, StoreError> {
        let corrupt = |column: &'static str| {
            move |error: domain::id::IdError| StoreError::corrupt(TABLE, column, error)
        };
        let on = |column, number: Option<i64>| number.map(|number| day(TABLE, column, number)).transpose();
        let small = |number: i64| u32::try_from(number).unwrap_or(0);
        let key = self.public_key.map(<[u8; PUBLIC_KEY]>::try_from).transpose();
        Ok(Device {
            id: DeviceId::from_slice(&self.device_id).map_err(corrupt("device_id"))?,
            name: self.name,
            touchpoint: TouchpointId::from_slice(&self.touchpoint_id).map_err(corrupt("touchpoint_id"))?,
            state: word(TABLE, "state", &self.state)?,
            settings: Settings {
                thanks: small(self.thanks),
                idle: small(self.idle),
                repeat: small(self.repeat_within),
                follow_up: self.follow_up != 0,
                layout: word(TABLE, "layout", &self.layout)?,
            },
            public_key: key.map_err(|_| StoreError::corrupt(TABLE, "public_key", "key"))?,
            made_on: day(TABLE, "made_on", self.made_on)?,
            paired_on: on("paired_on", self.paired_on)?,
            revoked_on: on("revoked_on", self.revoked_on)?,
            seen: self.seen_hour,
            waiting: small(self.waiting),
            dropped: small(self.dropped),
            version: self.version,
            twins_on: on("twins_on", self.twins_on)?,
        })
    }
}

impl Store {
    /// All devices of a tenant, by name.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn devices(&self, tenant: Tenant) -> Result<Vec<Device>, StoreError> {
        let sql =
            "select device_id, name, touchpoint_id, state, thanks, idle, repeat_within, follow_up, layout,
            public_key, made_on, paired_on, revoked_on, seen_hour, waiting, dropped, version, twins_on
            from device where tenant = $1 order by name, device_id";
        let rows: Vec<DeviceRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(DeviceRow::device).collect()
    }

    /// One device.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn device(&self, tenant: Tenant, id: DeviceId) -> Result<Option<Device>, StoreError> {
        let sql =
            "select device_id, name, touchpoint_id, state, thanks, idle, repeat_within, follow_up, layout,
            public_key, made_on, paired_on, revoked_on, seen_hour, waiting, dropped, version, twins_on
            from device where tenant = $1 and device_id = $2";
        let row: Option<DeviceRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&id.as_bytes()[..]).fetch_optional(db).await?);
        row.map(DeviceRow::device).transpose()
    }

    /// The device whose pairing secret has this hash, and until when the secret is good.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn invited_device(
        &self,
        tenant: Tenant,
        hash: &[u8; HASH],
    ) -> Result<Option<(Device, i64)>, StoreError> {
        let sql = "select device_id, secret_until from device where tenant = $1 and secret_hash = $2";
        let found: Option<(Vec<u8>, Option<i64>)> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&hash[..]).fetch_optional(db).await?);
        let Some((id, until)) = found else { return Ok(None) };
        let id = DeviceId::from_slice(&id).map_err(|error| StoreError::corrupt(TABLE, "device_id", error))?;
        Ok(self.device(tenant, id).await?.zip(until))
    }

    /// Makes a device that waits for its tablet.
    ///
    /// # Errors
    /// Where its touchpoint does not exist.
    pub async fn add_device(
        &self,
        tenant: Tenant,
        new: &NewDevice,
        invitation: Invitation,
    ) -> Result<(), StoreError> {
        let put = "insert into device (tenant, device_id, name, touchpoint_id, state, thanks, idle, repeat_within,
            follow_up, layout, secret_hash, secret_until, made_on, waiting, dropped, version, session, session_before)
            values ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, '', $13, $13)";
        let nothing: &[u8] = &[];
        transact!(self, tx => {
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(&new.id.as_bytes()[..])
                .bind(&new.name)
                .bind(&new.touchpoint.as_bytes()[..])
                .bind(i64::from(new.settings.thanks))
                .bind(i64::from(new.settings.idle))
                .bind(i64::from(new.settings.repeat))
                .bind(i64::from(new.settings.follow_up))
                .bind(new.settings.layout.code())
                .bind(&invitation.hash[..])
                .bind(invitation.until)
                .bind(day_number(new.made_on))
                .bind(nothing)
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// Gives a device that waits another pairing secret; `false` where it does not wait.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn invite_device(
        &self,
        tenant: Tenant,
        id: DeviceId,
        invitation: Invitation,
    ) -> Result<bool, StoreError> {
        let sql = "update device set secret_hash = $3, secret_until = $4
            where tenant = $1 and device_id = $2 and state = 'waiting'";
        let changed = transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&id.as_bytes()[..])
                .bind(&invitation.hash[..])
                .bind(invitation.until)
                .execute(tx)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }

    /// Pairs a tablet's key with the device that waits under a secret; `false` where another was faster.
    ///
    /// # Errors
    /// Where the key is another device's.
    pub async fn pair_device(
        &self,
        tenant: Tenant,
        hash: &[u8; HASH],
        key: &[u8; PUBLIC_KEY],
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql = "update device set state = 'paired', public_key = $3, paired_on = $4
            where tenant = $1 and secret_hash = $2 and state = 'waiting'";
        let changed = transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&hash[..])
                .bind(&key[..])
                .bind(day_number(on))
                .execute(tx)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }

    /// Notes what a tablet tells of itself. A start of it that comes back after a later one means that
    /// two tablets hold one key. What was told before is not written again.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn hear_device(&self, tenant: Tenant, id: DeviceId, heard: &Heard) -> Result<(), StoreError> {
        let same = "select count(*) from device where tenant = $1 and device_id = $2 and seen_hour = $3
            and waiting = $4 and dropped = $5 and version = $6 and session = $7";
        let known: i64 = read!(self, db => sqlx::query_scalar(same)
            .bind(tenant.as_str()).bind(&id.as_bytes()[..]).bind(heard.hour).bind(i64::from(heard.waiting))
            .bind(i64::from(heard.dropped)).bind(&heard.version).bind(&heard.session[..]).fetch_one(db).await?);
        if known > 0 {
            return Ok(());
        }
        let sql = "update device set seen_hour = $3, waiting = $4, dropped = $5, version = $6,
            twins_on = case when session_before = $7 and session <> $7 then cast($8 as bigint) else twins_on end,
            session_before = case when session = $7 then session_before else session end, session = $7
            where tenant = $1 and device_id = $2";
        transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&id.as_bytes()[..])
                .bind(heard.hour)
                .bind(i64::from(heard.waiting))
                .bind(i64::from(heard.dropped))
                .bind(&heard.version)
                .bind(&heard.session[..])
                .bind(day_number(heard.on))
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// Revokes a device; `false` where it was revoked before.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn revoke_device(&self, tenant: Tenant, id: DeviceId, on: Date) -> Result<bool, StoreError> {
        let sql = "update device set state = $4, revoked_on = $3, secret_hash = null, secret_until = null
            where tenant = $1 and device_id = $2 and state <> $4";
        let changed = transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&id.as_bytes()[..])
                .bind(day_number(on))
                .bind(DeviceState::Revoked.code())
                .execute(tx)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }

    /// Changes how a device behaves; the tablet learns it the next time it calls.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn set_device(
        &self,
        tenant: Tenant,
        id: DeviceId,
        (name, settings): (&str, Settings),
    ) -> Result<bool, StoreError> {
        let sql = "update device set name = $3, thanks = $4, idle = $5, repeat_within = $6, follow_up = $7,
            layout = $8 where tenant = $1 and device_id = $2";
        let changed = transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&id.as_bytes()[..])
                .bind(name)
                .bind(i64::from(settings.thanks))
                .bind(i64::from(settings.idle))
                .bind(i64::from(settings.repeat))
                .bind(i64::from(settings.follow_up))
                .bind(settings.layout.code())
                .execute(tx)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }
}
