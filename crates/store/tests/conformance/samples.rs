//! Believable commands and rows, told apart by small numbers.

use std::sync::Arc;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{AttemptKey, Deadlines};
use domain::bill::{BillKey, BillScope};
use domain::callback::{Callback, CallbackVerdict};
use domain::command::{
    AcceptPayment, AcceptPurchase, Fund, Offer, OpenInquiry, PutProducts, RecordAnswer, RegisterMerchant, Reroute,
};
use domain::duplicate::DuplicateKey;
use domain::endpoint::Endpoint;
use domain::exchange::Words;
use domain::id::{
    ApiId, CauseId, CustomerNo, EndpointId, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey, SupplierName,
    SupplierRef, VoucherRef,
};
use domain::inquiry::Quote;
use domain::merchant::{Sealed, SealedKeys};
use domain::money::Rupiah;
use domain::order::Claim;
use domain::product::{NumberRule, Product, ProductKind, ProductRoute, ProductState, Route};
use domain::supplier::{SupplierKind, SupplierProfile, SupplierState};
use domain::time::Timestamp;
use domain::voucher::{VoucherKey, VoucherKind};

/// The details of a bill, of the usual length.
pub const DETAILS: &str = r#"{"jumlah_peserta":"2","lembar_tagihan":1,"alamat":"JAKARTA PUSAT","detail":[{"periode":"202605","nilai_tagihan":"150000","admin":"2500","denda":"0"}]}"#;

pub fn reference(merchant: i64, mode: Mode, number: i64) -> RefKey {
    RefKey { merchant_id: MerchantId(merchant), mode, ref_id: RefId::parse(&format!("INQ-{number:08}")).unwrap() }
}

pub fn route() -> Route {
    Route { supplier: SupplierName::parse("sandbox").unwrap(), sku: "bpjs1".into(), cost: Rupiah::whole(151_000) }
}

pub fn supplier_ref(number: i64) -> SupplierRef {
    SupplierRef::parse(&format!("L{number:019}")).unwrap()
}

pub fn product_code() -> ProductCode {
    ProductCode::parse("MPBPJS").unwrap()
}

pub fn customer(number: i64) -> CustomerNo {
    CustomerNo::parse(&format!("{number:013}")).unwrap()
}

pub fn bill_of(key: &RefKey, number: i64) -> BillKey {
    let scope = match key.mode {
        Mode::Production => BillScope::Production,
        Mode::Testing => BillScope::Testing(key.merchant_id),
    };
    BillKey { scope, group: "MPBPJS".into(), number: customer(number).normalised(false) }
}

pub fn deadlines(now: Timestamp) -> Deadlines {
    Deadlines { send_by: now.plus(Duration::from_secs(10)), lost_at: now.plus(Duration::from_secs(100)) }
}

pub fn sealed(byte: u8) -> SealedKeys {
    SealedKeys { api_key: Sealed(Arc::from([byte; 44])), secret_key: Sealed(Arc::from([byte, 0, 255])) }
}

pub fn register(merchant: i64) -> RegisterMerchant {
    RegisterMerchant {
        merchant_id: MerchantId(merchant),
        name: format!("Toko {merchant}").into(),
        api_id: ApiId::parse(&format!("toko-{merchant}")).unwrap(),
        keys: sealed(1),
        allowed_networks: vec![],
        endpoints: vec![],
    }
}

pub fn fund(merchant: i64, cause: i64, amount: i64) -> Fund {
    Fund {
        key: VoucherKey {
            merchant_id: MerchantId(merchant),
            reference: VoucherRef::parse(&format!("transfer {cause}")).unwrap(),
        },
        cause_id: CauseId(cause),
        kind: if amount < 0 { VoucherKind::Adjustment } else { VoucherKind::Deposit },
        amount: Rupiah::new(amount).unwrap(),
        note: "BCA 31/05".into(),
    }
}

pub fn inquire(key: &RefKey, bill_number: i64) -> OpenInquiry {
    OpenInquiry {
        key: key.clone(),
        product_code: product_code(),
        customer_no: customer(bill_number),
        bill: bill_of(key, bill_number),
        successes_seen: 0,
        words: None,
        quote: Quote {
            customer_name: "SITI AMINAH BINTI AHMAD".into(),
            tagihan: Rupiah::whole(150_000),
            admin: Rupiah::whole(2_500),
            commission: Rupiah::whole(500),
            desc: DETAILS.into(),
            periods: "202605".into(),
            route: route(),
            supplier_ref: supplier_ref(bill_number),
            token: "9732792".into(),
            requotable: false,
            same_day: false,
            repaid_window: Duration::from_hours(24),
        },
    }
}

pub fn pay(key: &RefKey, bill_number: i64, order: i64, now: Timestamp) -> AcceptPayment {
    AcceptPayment {
        key: key.clone(),
        order_id: OrderId(order),
        product_code: product_code(),
        customer_no: customer(bill_number),
        bill: Some(bill_of(key, bill_number)),
        product: Ok("BPJS Kesehatan".into()),
        payable: vec![route().supplier],
        requoted: None,
        deadlines: deadlines(now),
    }
}

pub fn buy(key: &RefKey, number: i64, order: i64, now: Timestamp) -> AcceptPurchase {
    AcceptPurchase {
        key: key.clone(),
        order_id: OrderId(order),
        kind: ProductKind::Prepaid,
        product_code: ProductCode::parse("TSEL21").unwrap(),
        customer_no: customer(number),
        offer: Ok(Offer {
            product_name: "Telkomsel 20.000".into(),
            price: Rupiah::whole(20_300),
            route: Route { cost: Rupiah::whole(20_100), ..route() },
            supplier_ref: supplier_ref(order),
            number: customer(number).normalised(false),
            duplicate_window: Duration::from_mins(5),
        }),
        max_price: None,
        allow_duplicate: false,
        deadlines: deadlines(now),
    }
}

pub fn record(key: &RefKey, claim: Claim, order: i64, answer: Answer, source: Source) -> RecordAnswer {
    let attempt = AttemptKey { merchant_id: key.merchant_id, order_id: OrderId(order), number: 1 };
    let pause = Duration::from_secs(2);
    RecordAnswer { key: key.clone(), attempt, claim, answer, source, words: None, pause, next: None }
}

pub fn bill_claim(key: &RefKey, bill_number: i64) -> Claim {
    Claim::Bill(bill_of(key, bill_number))
}

pub fn purchase_claim(key: &RefKey, number: i64) -> Claim {
    Claim::Purchase(DuplicateKey {
        merchant_id: key.merchant_id,
        mode: key.mode,
        product_code: ProductCode::parse("TSEL21").unwrap(),
        number: customer(number).normalised(false),
    })
}

pub fn confirmed(cost: i64) -> Answer {
    Answer::Confirmed { sn: Some("8112026053110400012".into()), cost: Rupiah::new(cost), desc: None, ask_again: false }
}

pub fn refused() -> Answer {
    Answer::Refused { code: "14".into(), nothing_created: false }
}

pub fn unknown() -> Answer {
    Answer::Unknown { why: "timed out".into() }
}

pub fn product(code: &str) -> Product {
    Product {
        code: ProductCode::parse(code).unwrap(),
        name: "BPJS Kesehatan".into(),
        kind: ProductKind::Postpaid,
        category: "BPJS".into(),
        brand: "BPJS KESEHATAN".into(),
        description: "".into(),
        state: ProductState::Available,
        price: Rupiah::ZERO,
        admin: Rupiah::whole(2_500),
        commission: Rupiah::whole(500),
        tiers: vec![],
        cut_off: None,
        number_rule: NumberRule { digits_only: true, min_length: 11, max_length: 16, is_phone: false },
        bill_group: code.into(),
        repaid_window: Duration::from_hours(24),
        duplicate_window: Duration::ZERO,
        routes: vec![ProductRoute::plain(route())],
        is_demo: false,
        updated_at: Timestamp::from_seconds(1),
    }
}

pub fn put_products(codes: &[&str]) -> PutProducts {
    PutProducts { products: codes.iter().map(|code| product(code)).collect() }
}

/// Another supplier that a purchase may go on to.
pub fn reroute(order: i64, now: Timestamp) -> Reroute {
    Reroute {
        route: Route { supplier: SupplierName::parse("second").unwrap(), cost: Rupiah::whole(20_200), ..route() },
        supplier_ref: supplier_ref(order + 1_000_000),
        deadlines: deadlines(now),
        is_allowed_by_operator: false,
    }
}

pub fn words(answer: &str) -> Words {
    Words { call: "pay-pasca".into(), request: "{}".into(), status: Some(200), answer: answer.into() }
}

pub fn supplier(name: &str) -> SupplierProfile {
    SupplierProfile {
        name: SupplierName::parse(name).unwrap(),
        kind: SupplierKind::Digiflazz,
        url: None,
        user: "toko".into(),
        key: Sealed(Arc::from([1_u8; 44])),
        secret: None,
        is_testing: false,
        can_be_asked: true,
        state: SupplierState::On,
        max_in_flight: 20,
        callback_networks: vec![],
        low_balance: None,
        reroute_codes: vec![],
        created_at: Timestamp::from_seconds(1),
        updated_at: Timestamp::from_seconds(1),
    }
}

pub fn callback(number: i64) -> Callback {
    Callback {
        callback_id: number,
        supplier: SupplierName::parse("digi").unwrap(),
        address: "203.0.113.9".into(),
        headers: "x-hub-signature: sha1=0\n".into(),
        body: Arc::from(*b"{}"),
        verdict: CallbackVerdict::Received,
        order_id: None,
        received_at: Timestamp::from_seconds(1),
        updated_at: Timestamp::from_seconds(1),
    }
}

pub fn endpoint(number: i64, now: Timestamp) -> Endpoint {
    let url = format!("https://{number}.example/").into();
    Endpoint::new(EndpointId(number), url, Sealed(Arc::from([1_u8; 44])), now)
}
