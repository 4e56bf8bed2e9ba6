/** What states in columns accept and refuse; compiled, never run. */
import type { Kysely, Transaction } from 'kysely';
import type { DB } from '../cases/column-states/expected/db.js';
import * as badges from '../cases/column-states/expected/models/badge.js';
import * as events from '../cases/column-states/expected/models/event.js';
import { insertInvoice, transitionInvoicePaymentStatus } from '../cases/column-states/expected/models/invoice.js';
import {
  findOrder,
  insertOrder,
  type OrderState,
  type OrderStored,
  orderInState,
  orderStates,
  orders,
  toOrderInsert,
  toOrderUpdate,
  transitionOrder,
  updateOrder,
  upsertOrder,
} from '../cases/column-states/expected/models/order.js';
import {
  insertParcel,
  parcelInState,
  parcels,
  transitionParcel,
} from '../cases/column-states/expected/models/parcel.js';
import { insertTicket, type TicketStored } from '../cases/column-states/expected/models/ticket.js';
import { orderDb } from '../cases/column-states/expected/relations/order.js';

declare const db: Kysely<DB>;
declare const transaction: Transaction<DB>;
declare const stored: OrderStored;
declare const ticket: TicketStored;

// The state is stored, and of the union whatever the column's type is.
export const status: OrderState = stored.status;
export const ofText: 'open' | 'closed' | 'spam' = ticket.status;
export const all: readonly ['draft', 'paid', 'shipped', 'cancelled'] = orderStates;
// @ts-expect-error a state that is none
orderInState('payed');

// A transition: of a database, a transaction or a slice, by any unique key.
export const changed: Promise<OrderState> = transitionOrder(db, '3', 'paid');
transitionOrder(transaction, { orderNo: 'A-1' }, 'paid');
transitionOrder(orderDb(db), 3n, 'paid');
transitionParcel(db, { depot: 'D', parcelNo: 1 }, 'sent');
// @ts-expect-error half a key
transitionParcel(db, { depot: 'D' }, 'sent');
// @ts-expect-error no unique key
transitionOrder(db, { note: 'n' }, 'paid');
// @ts-expect-error a state that is none
transitionOrder(db, '3', 'payed');
// @ts-expect-error the state of another machine
transitionInvoicePaymentStatus(db, 1, 'delivered');
// @ts-expect-error null is no state
transitionParcel(db, { depot: 'D', parcelNo: 1 }, null);

// An insert takes an initial state only, and may leave out what the database fills.
insertOrder(db, { orderNo: 'A-1' });
insertOrder(db, { orderNo: 'A-1', status: 'draft' });
// @ts-expect-error not an initial one
insertOrder(db, { orderNo: 'A-1', status: 'paid' });
// @ts-expect-error not an initial one
toOrderInsert({ orderNo: 'A-1', status: 'paid' });
// @ts-expect-error not an initial one
upsertOrder(db, { orderNo: 'A-1', status: 'paid' }, { on: 'orderNo' });
insertParcel(db, { depot: 'D', parcelNo: 1, status: null });
insertParcel(db, { depot: 'D', parcelNo: 1, status: 'lost' });
// @ts-expect-error neither of the two that may come first
insertParcel(db, { depot: 'D', parcelNo: 1, status: 'sent' });
insertTicket(db, { isPublic: true, status: 'open' });
// @ts-expect-error the column has no default
insertInvoice(db, { invoiceId: 1, deliveryStatus: 'waiting' });

// An update takes none, be it the one that is there.
updateOrder(db, '3', { note: 'n' });
// @ts-expect-error a transition changes it
updateOrder(db, '3', { status: 'paid' });
// @ts-expect-error a transition changes it
toOrderUpdate({ status: 'draft' });
// @ts-expect-error nothing changes it
events.toEventUpdate({ status: 'seen' });
// @ts-expect-error without a unique key there is no transition
export const { transitionEvent } = events;
// @ts-expect-error the database generates the state
export const { transitionBadge } = badges;

// Filters, under the model's alias.
db.selectFrom(orders()).where(orderInState('paid')).selectAll();
db.selectFrom(orders('o')).where(orderInState('paid').of('o')).selectAll();
// @ts-expect-error the query has no such alias
db.selectFrom(orders('o')).where(orderInState('paid')).selectAll();
db.selectFrom(parcels()).where(parcelInState('lost')).selectAll();
export const found: Promise<{ status: OrderState } | undefined> = findOrder(db, '3', ['status']);
