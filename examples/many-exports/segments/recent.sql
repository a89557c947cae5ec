-- One SELECT; sources and other segments are tables.
select * from customers
where updated_at >= date '2026-01-01'
