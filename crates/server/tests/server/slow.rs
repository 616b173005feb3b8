//! A supplier that is slow, and one that is silent: it gets no more orders at once than it may have, the others are not delayed, and it is
//! left alone until it has recovered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::seams::{Clock, SystemClock};
use fake_suppliers::{Call, Event, Fault, Plan, Rule};

use crate::chaos::{Scene, WAYS};
use crate::harness::eventually;

/// How many orders a supplier may have under way.
const MOST: usize = 300;
/// How many are wanted at once.
const ORDERS: usize = MOST + 2;
/// How long it takes with each.
const SLOWNESS: Duration = Duration::from_secs(4);

#[test]
fn a_slow_supplier_delays_nobody_else_and_has_no_more_under_way_than_it_may() {
    let mut scene =
        Scene::open(&[("supplier_limit_ms", "30000"), ("answer_within_ms", "30000"), ("pace_percent", "100")]);
    scene.loket.expect(&["supplier", "set", "digiflazz", "--max-in-flight", &MOST.to_string()]);
    let slow = Rule::always(Call::TopUp, Fault::Delay { ms: u64::try_from(SLOWNESS.as_millis()).unwrap() });
    scene.stand_ins[0].set_plan(&Plan::of([slow]));
    let (slow, quick) = (WAYS[1], WAYS[2]);
    let is_over = AtomicBool::new(false);
    let (scene, is_over) = (&scene, &is_over);
    let (orders, longest) = std::thread::scope(|scope| {
        let others = scope.spawn(move || {
            let (clock, mut orders, mut longest) = (SystemClock::start(), 0, Duration::ZERO);
            while !is_over.load(Ordering::Relaxed) {
                let begun = clock.monotonic();
                let ref_id = format!("QUICK-{orders}");
                let answer = scene.merchant.inquire_and_pay(&ref_id, quick.code, &quick.customer(98, orders));
                answer.expect_code("BILL_PAYMENT_SUCCESS");
                longest = longest.max(clock.monotonic().saturating_sub(begun));
                orders += 1;
            }
            (orders, longest)
        });
        let buyers: Vec<_> = (0..ORDERS)
            .map(|buyer| {
                let merchant = scene.merchant.clone();
                scope.spawn(move || {
                    let ref_id = format!("SLOW-{buyer}");
                    // There is no place for all of them at once.
                    eventually("it is accepted", || {
                        let answer = merchant.buy(&ref_id, slow.code, &slow.customer(97, buyer));
                        if answer.status != 200 {
                            answer.expect_code("SUPPLIER_UNAVAILABLE");
                            return None;
                        }
                        Some(())
                    });
                })
            })
            .collect();
        for buyer in buyers {
            buyer.join().unwrap();
        }
        is_over.store(true, Ordering::Relaxed);
        others.join().unwrap()
    });
    let most = most_under_way(scene);
    println!("{orders} others, the longest took {longest:?}; {most} at most under way");
    assert!(orders > 0 && longest < SLOWNESS * 3 / 4, "it waited for the slow one: {longest:?}");
    assert!((MOST / 2..=MOST).contains(&most), "{most} under way");
    eventually("all have ended", || {
        let open = scene.loket.rows("SELECT count(*) AS open FROM orders WHERE status <> 1");
        (open[0]["open"] == 0).then_some(())
    });
    scene.audit("in the end");
}

/// How many purchases Digiflazz had under way at once.
fn most_under_way(scene: &Scene) -> usize {
    let (mut now, mut most) = (0, 0);
    for line in scene.stand_ins[0].journal().entries {
        match line.event {
            Event::Asked { call: Call::TopUp, .. } => now += 1,
            Event::Answered { call: Call::TopUp, .. } => now -= 1,
            _ => {}
        }
        most = most.max(now);
    }
    most
}

#[test]
fn a_silent_supplier_is_left_alone_and_tried_again_whoever_asks_about_old_orders() {
    let mut scene = Scene::open(&[("pace_percent", "100")]);
    scene.stand_ins[0].set_plan(&Plan::of([Rule::always(Call::TopUp, Fault::SilentAfter)]));
    let way = WAYS[1];
    let buy = |number: usize| scene.merchant.buy(&format!("B-{number}"), way.code, &way.customer(96, number));
    let silent = (0..99).take_while(|&number| buy(number).code() != "SUPPLIER_UNAVAILABLE").count();
    assert_eq!(silent, 5);
    scene.merchant.inquire_and_pay("OTHER", WAYS[2].code, "7123456").expect_code("BILL_PAYMENT_SUCCESS");
    scene.stand_ins[0].set_plan(&Plan::none());
    let clock = SystemClock::start();
    eventually("it is tried again", || {
        // Nearly always it is somebody who asks about an old order that comes first when the pause is over.
        for _ in 0..20 {
            assert_eq!(buy(0).status, 200);
        }
        (buy(100).code() == "ORDER_SUCCESS").then_some(())
    });
    let took = clock.monotonic();
    println!("tried again after {took:?}");
    assert!(took < Duration::from_secs(25), "its first pause is a quarter of a minute, and not {took:?}");
    buy(101).expect_code("ORDER_SUCCESS");
}
