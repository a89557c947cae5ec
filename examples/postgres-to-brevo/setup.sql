-- Makes the tables of this example: psql "$SHOP_URL" -f setup.sql
CREATE SCHEMA shop;
CREATE TABLE shop.customers (
  id integer PRIMARY KEY, email text, first_name text, country text, newsletter boolean, deleted_at timestamptz
);
CREATE TABLE shop.orders (
  customer_id integer REFERENCES shop.customers, total numeric(10, 2), placed_at timestamptz
);
INSERT INTO shop.customers VALUES
  (1, 'anna.mueller@example.com', 'Anna', 'DE', true, NULL),
  (2, 'elodie.lefevre@example.org', 'Élodie', 'FR', true, NULL),
  (3, 'seamus.oneill@example.net', 'Séamus', 'IE', false, NULL),
  (4, 'emily.johnson@example.com', 'Emily', 'US', true, NULL),
  (5, 'jan.kowalski@example.com', 'Jan', 'PL', true, '2026-02-01 00:00:00+00');
INSERT INTO shop.orders VALUES
  (1, 120.50, '2026-03-01 10:00:00+01'),
  (1, 80.00, '2026-04-01 10:00:00+02'),
  (2, 15.00, '2026-01-20 12:00:00+01'),
  (3, 310.00, '2026-05-02 09:30:00+02'),
  (4, 999.99, '2026-05-30 16:45:00+02'),
  (5, 500.00, '2025-12-24 18:00:00+01');
-- Rollcall asks for nothing but rows.
CREATE ROLE rollcall_reader LOGIN PASSWORD 'example';
GRANT USAGE ON SCHEMA shop TO rollcall_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA shop TO rollcall_reader;
