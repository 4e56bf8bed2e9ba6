-- Slices by name, wildcard and schema; around a model, and around one that stands alone; imports that are called alike.
CREATE SCHEMA billing;
CREATE TYPE mood AS ENUM ('sad', 'happy');

CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, mood mood NOT NULL DEFAULT 'happy', profile jsonb);
CREATE TABLE invoices (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, profile jsonb);
CREATE TABLE invoice_items (invoice_id int NOT NULL REFERENCES invoices, position int NOT NULL, refunds int REFERENCES invoices, PRIMARY KEY (invoice_id, position));
CREATE TABLE billing.payments (id int PRIMARY KEY, invoice_id int NOT NULL REFERENCES invoices);
CREATE TABLE "slice" (id int PRIMARY KEY, parent_id int REFERENCES "slice");
CREATE TABLE "odd-name" (id int PRIMARY KEY);
CREATE VIEW open_invoices AS SELECT id, customer_id FROM invoices;
