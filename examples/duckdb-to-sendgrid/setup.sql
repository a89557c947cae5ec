-- Makes the database of this example: duckdb shop.duckdb < setup.sql
CREATE TABLE customers (id INTEGER, email VARCHAR, first_name VARCHAR, country VARCHAR, consent BOOLEAN);
CREATE TABLE orders (customer_id INTEGER, total DECIMAL(10, 2), placed_at TIMESTAMP);
INSERT INTO customers VALUES
  (1, 'anna.mueller@example.com', 'Anna', 'DE', true),
  (2, 'elodie.lefevre@example.org', 'Élodie', 'FR', true),
  (3, 'seamus.oneill@example.net', 'Séamus', 'IE', false),
  (4, 'emily.johnson@example.com', 'Emily', 'US', true);
INSERT INTO orders VALUES
  (1, 120.50, '2026-03-01 10:00:00'),
  (1, 80.00, '2026-04-01 10:00:00'),
  (2, 15.00, '2026-01-20 12:00:00'),
  (3, 310.00, '2026-05-02 09:30:00'),
  (4, 999.99, '2026-05-30 16:45:00');
