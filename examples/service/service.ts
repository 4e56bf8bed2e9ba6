import type { Kysely } from 'kysely';
import type { DB } from './generated/db.js';

/**
 * What both services do, as the rest of a program sees it. What takes several statements is one transaction.
 */
export interface Service {
  /** Adds a customer, or changes the one who has the email already. */
  saveCustomer(db: Kysely<DB>, customer: { email: string; name: string }): Promise<Customer>;
  saveProduct(db: Kysely<DB>, product: { sku: string; name: string; price: string }): Promise<Product>;
  /** Takes an order, at the prices that products have now. */
  createOrder(db: Kysely<DB>, order: NewOrder): Promise<OrderPage>;
  getOrder(db: Kysely<DB>, id: string): Promise<OrderPage | undefined>;
  /** Changes what is given, lines and labels as a whole. */
  changeOrder(db: Kysely<DB>, id: string, changes: Partial<NewOrder>): Promise<OrderPage | undefined>;
  /** Tells whether there was one. */
  removeOrder(db: Kysely<DB>, id: string): Promise<boolean>;
  /** Of two changes at the same time one wins. The other throws, as does one that no order may make. */
  changeState(db: Kysely<DB>, id: string, to: OrderState, actor: string): Promise<OrderState>;
  /** The newest orders come first. */
  listOrders(db: Kysely<DB>, filter: Filter, page: Page): Promise<OrderList>;
  /** Takes any number of orders of another shop, with customers that may be new. */
  importOrders(db: Kysely<DB>, orders: readonly ImportedOrder[]): Promise<{ orders: number; lines: number }>;
  addTask(db: Kysely<DB>, kind: string, payload: Payload, runAt?: Date): Promise<Task>;
  /** The next task that is due, which is running from now on. Nobody waits for tasks that others are about to take. */
  takeTask(db: Kysely<DB>): Promise<Task | undefined>;
  finishTask(db: Kysely<DB>, id: string): Promise<TaskState>;
  /** The task is tried again a minute later, at most three times. */
  failTask(db: Kysely<DB>, id: string, error: string): Promise<TaskState>;
}

export type OrderState = 'draft' | 'paid' | 'sent' | 'delivered' | 'cancelled';
export type TaskState = 'queued' | 'running' | 'done' | 'failed';

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Address {
  readonly street: string;
  readonly city: string;
}

export type Payload = { readonly [key: string]: string | number };

export interface NewOrder {
  readonly number: string;
  readonly customerId: string;
  readonly address: Address;
  readonly note?: string | null;
  readonly lines: readonly NewLine[];
  readonly labels: readonly string[];
}

export interface NewLine {
  readonly sku: string;
  readonly quantity: number;
}

export interface ImportedOrder {
  readonly number: string;
  readonly email: string;
  readonly name: string;
  readonly address: Address;
  readonly placedAt: Date;
  readonly lines: readonly NewLine[];
}

export interface Order {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly placedAt: Date;
  readonly note: string | null;
  readonly address: Address;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly state: OrderState;
  readonly stateChangedAt: Date | null;
  readonly total: string;
  readonly labels: readonly string[];
}

export interface OrderPage extends Order {
  readonly customer: { readonly email: string; readonly name: string };
  readonly lines: readonly OrderLine[];
  readonly history: readonly { readonly toState: OrderState; readonly actor: string; readonly createdAt: Date }[];
}

export interface OrderLine {
  readonly quantity: number;
  readonly unitPrice: string;
  readonly product: { readonly sku: string; readonly name: string };
}

export interface Filter {
  readonly states?: readonly OrderState[];
  readonly customerId?: string;
  readonly label?: string;
  /** A part of the order's number, in any case. */
  readonly number?: string;
  readonly placedSince?: Date;
  readonly minTotal?: string;
}

export interface Page {
  readonly size: number;
  /** The first page is 1. */
  readonly number: number;
}

export interface OrderList {
  /** How many there are on all pages. */
  readonly count: number;
  readonly orders: readonly (Order & { readonly customer: { readonly name: string } })[];
}

export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly payload: Payload;
  readonly status: TaskState;
  readonly runAt: Date;
  readonly attempts: number;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
