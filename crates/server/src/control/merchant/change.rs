//! Changes a merchant.

use app::{Context, change_merchant};
use domain::command::MerchantChange;
use domain::id::Tier;
use domain::money::Rupiah;
use serde::{Deserialize, Serialize};

use super::find::find_merchant;
use super::list::show;
use super::read;
use super::shown::MerchantShown;
use crate::control::{Progress, Refused, Request};

/// Something that may be set, or taken away again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clearable<T> {
    /// To this.
    Set(T),
    /// Away.
    Clear,
}

/// Changes what is given, and leaves the rest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ChangeMerchant {
    /// `merchant_id` or `api_id`.
    pub merchant: String,
    /// Another name.
    pub name: Option<String>,
    /// Other addresses or networks; empty: any.
    pub allow_ips: Option<Vec<String>>,
    /// Requests a second, or the server's default.
    pub rate_per_second: Option<Clearable<u32>>,
    /// A price tier, or none.
    pub tier: Option<Clearable<String>>,
    /// How far the balance may go below zero.
    pub credit_limit: Option<i64>,
    /// No new inquiries and orders, or again.
    pub suspended: Option<bool>,
}

impl Request for ChangeMerchant {
    type Answer = MerchantShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<MerchantShown, Refused> {
        let merchant_id = find_merchant(context, &self.merchant).await?.merchant_id;
        let changes = self.changes()?;
        if changes.is_empty() {
            return Err(Refused::because("nothing to change was given"));
        }
        let merchant = change_merchant(context, merchant_id, changes).await?;
        show(context, &merchant).await
    }
}

impl ChangeMerchant {
    fn changes(self) -> Result<Vec<MerchantChange>, Refused> {
        let mut changes = Vec::new();
        if let Some(name) = self.name {
            changes.push(MerchantChange::Name(read::name(name)?.into()));
        }
        if let Some(networks) = self.allow_ips {
            changes.push(MerchantChange::AllowedNetworks(read::networks(&networks)?));
        }
        if let Some(rate) = self.rate_per_second {
            changes.push(MerchantChange::RatePerSecond(match rate {
                Clearable::Set(0) => {
                    return Err(Refused::because("a rate is 1 a second or more; suspend who may not call"));
                }
                Clearable::Set(rate) => Some(rate),
                Clearable::Clear => None,
            }));
        }
        if let Some(tier) = self.tier {
            changes.push(MerchantChange::Tier(match tier {
                Clearable::Set(tier) => Some(read_tier(&tier)?),
                Clearable::Clear => None,
            }));
        }
        if let Some(limit) = self.credit_limit {
            let limit = Rupiah::new(limit).ok_or_else(|| Refused::because("the credit limit is too large"))?;
            changes.push(MerchantChange::CreditLimit(limit));
        }
        changes.extend(self.suspended.map(
            |is_suspended| {
                if is_suspended { MerchantChange::Suspend } else { MerchantChange::Resume }
            },
        ));
        Ok(changes)
    }
}

fn read_tier(text: &str) -> Result<Tier, Refused> {
    Tier::parse(text).ok_or_else(|| Refused::because("a tier has 1 to 32 of a-z 0-9 - _"))
}
