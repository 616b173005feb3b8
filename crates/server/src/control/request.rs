//! Everything that can be asked at the operator's counter.

use app::Context;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::answer::ControlAnswer;
use super::fund::Fund;
use super::merchant::{AddMerchant, ChangeMerchant, ListMerchants, RotateKeys, ShowMerchant};
use super::order::{CheckOrder, ListOrders, ResolveOrder, ShowOrder};
use super::product::{ListProducts, PutProducts, SeedProducts};
use super::progress::Progress;
use super::refused::Refused;
use super::route::{ChangeRoute, ListRoutes, SetRoutes};
use super::server::DescribeServer;
use super::supplier::{AddSupplier, ChangeSupplier, CompareProducts, ListSuppliers, ReadSupplierBalance, ShowSupplier};
use super::verify::Verify;
use super::webhook::{
    AddEndpoint, ChangeEndpoint, ListEndpoints, ReadWebhookLog, RecoverWebhooks, RemoveEndpoint, ResendWebhook,
    RotateEndpointSecret, ShowEndpoint, ShowWebhookEvent, TestEndpoint,
};

/// One kind of request: its data, its answer, and how it is done.
pub trait Request: Into<ControlRequest> {
    /// What it answers.
    type Answer: Serialize + DeserializeOwned;

    /// Whether it may be the first thing ever said to a data directory, which is made for it.
    const BEGINS: bool = false;

    /// Does it.
    fn execute(
        self,
        context: &Context,
        progress: &Progress,
    ) -> impl Future<Output = Result<Self::Answer, Refused>> + Send;
}

/// Makes the closed sum over all requests.
macro_rules! requests {
    ($($Name:ident),+ $(,)?) => {
        /// Any request, as it crosses the socket.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ControlRequest {
            $(#[doc = concat!("See [`", stringify!($Name), "`].")] $Name($Name)),+
        }

        $(impl From<$Name> for ControlRequest {
            fn from(request: $Name) -> Self {
                Self::$Name(request)
            }
        })+

        impl ControlRequest {
            /// Does it, and says how it ended.
            pub async fn execute(self, context: &Context, progress: &Progress) -> ControlAnswer {
                match self {
                    $(Self::$Name(request) => ControlAnswer::of(request.execute(context, progress).await)),+
                }
            }
        }
    };
}

requests! {
    AddMerchant,
    ListMerchants,
    ShowMerchant,
    ChangeMerchant,
    RotateKeys,
    Fund,
    ListProducts,
    PutProducts,
    SeedProducts,
    AddSupplier,
    ListSuppliers,
    ShowSupplier,
    ChangeSupplier,
    ReadSupplierBalance,
    CompareProducts,
    ListRoutes,
    SetRoutes,
    ChangeRoute,
    ShowOrder,
    ListOrders,
    CheckOrder,
    ResolveOrder,
    AddEndpoint,
    ListEndpoints,
    ShowEndpoint,
    ChangeEndpoint,
    RotateEndpointSecret,
    RemoveEndpoint,
    ReadWebhookLog,
    ShowWebhookEvent,
    ResendWebhook,
    RecoverWebhooks,
    TestEndpoint,
    Verify,
    DescribeServer,
}
