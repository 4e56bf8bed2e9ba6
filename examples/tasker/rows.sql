-- Rows for the Tasker example. Load schema.sql first, into an empty database.

INSERT INTO public.tasker_task_namespaces
    (task_namespace_id, name, description, created_at, updated_at)
VALUES
    (1, 'default', 'Tasks without a namespace of their own', '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (2, 'inventory', NULL, '2025-05-12 08:00:00', '2025-05-12 08:00:00');

INSERT INTO public.tasker_dependent_systems
    (dependent_system_id, name, description, created_at, updated_at)
VALUES
    (1, 'payment_gateway', 'Charges and refunds cards', '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (2, 'warehouse', 'Stock and shipments', '2025-05-12 08:00:00', '2025-05-12 08:00:00');

INSERT INTO public.tasker_named_tasks
    (named_task_id, name, description, task_namespace_id, version, configuration, created_at, updated_at)
VALUES
    (1, 'order_fulfillment', 'Takes a paid order to the customer', 1, '0.1.0', '{}', '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (2, 'order_fulfillment', 'Charges the card while the stock is being reserved', 1, '0.2.0', '{"concurrent": true}', '2025-05-26 08:00:00', '2025-05-26 08:00:00'),
    (3, 'stock_check', NULL, 2, '0.1.0', '{}', '2025-05-12 08:00:00', '2025-05-12 08:00:00');

INSERT INTO public.tasker_named_steps
    (named_step_id, dependent_system_id, name, description, created_at, updated_at)
VALUES
    (1, 2, 'fetch_stock', 'Reads the stock of every article', '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (2, 2, 'reserve_stock', NULL, '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (3, 1, 'charge_card', NULL, '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (4, 2, 'ship_order', 'Hands the parcel to the carrier', '2025-05-12 08:00:00', '2025-05-12 08:00:00');

INSERT INTO public.tasker_named_tasks_named_steps
    (id, named_task_id, named_step_id, skippable, default_retryable, default_retry_limit, created_at, updated_at)
VALUES
    (1, 1, 2, false, true, 3, '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (2, 1, 3, false, true, 3, '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (3, 1, 4, false, true, 3, '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (4, 2, 1, false, true, 3, '2025-05-26 08:00:00', '2025-05-26 08:00:00'),
    (5, 2, 2, false, true, 3, '2025-05-26 08:00:00', '2025-05-26 08:00:00'),
    (6, 2, 3, false, true, 5, '2025-05-26 08:00:00', '2025-05-26 08:00:00'),
    (7, 2, 4, false, true, 3, '2025-05-26 08:00:00', '2025-05-26 08:00:00'),
    (8, 3, 1, false, false, 1, '2025-05-12 08:00:00', '2025-05-12 08:00:00');

-- Task 5 has no transition (so it is pending) and no steps yet.
INSERT INTO public.tasker_tasks
    (task_id, named_task_id, complete, requested_at, initiator, source_system, reason, bypass_steps, tags, context, identity_hash, created_at, updated_at)
VALUES
    (1, 1, true, '2025-06-02 09:00:00', 'shop@example.com', 'web_shop', 'order placed', '[]', '["order"]', '{"order_id": 1001, "lines": [{"sku": "MUG-01", "quantity": 2}]}', 'e68583bf7b2b0fb30851cf845f31adf51077ad520764e515e407d15e19fe0a70', '2025-06-02 09:00:00', '2025-06-02 09:06:20'),
    (2, 2, false, '2025-06-02 10:00:00', 'shop@example.com', 'web_shop', 'order placed', '[]', '["order", "express"]', '{"order_id": 1002, "lines": [{"sku": "MUG-01", "quantity": 1}, {"sku": "TEA-07", "quantity": 3}]}', '28c66693b5558d4091cbc4e46c3fa3178823625f54e714230ffc3b4374104b3a', '2025-06-02 10:00:00', '2025-06-02 10:00:02'),
    (3, 1, false, '2025-06-02 11:00:00', 'shop@example.com', 'web_shop', 'order placed', NULL, '["order"]', '{"order_id": 1003, "lines": [{"sku": "POT-03", "quantity": 1}]}', '0a027423337f0702fea55e672960c3565d243885a6d80feaef9da16a85dda857', '2025-06-02 11:00:00', '2025-06-02 11:06:35'),
    (4, 3, false, '2025-06-02 12:00:00', 'clerk@example.com', 'back_office', 'monthly count', NULL, NULL, '{"site": "north"}', '08e2d6210e39e627433080ac8389bc7ca73e623958080adec5fa9f4306502daa', '2025-06-02 12:00:00', '2025-06-02 12:03:00'),
    (5, 2, false, '2025-06-02 13:00:00', NULL, NULL, NULL, NULL, NULL, '{"order_id": 1004, "lines": [{"sku": "TEA-07", "quantity": 1}]}', '5761b66636e2d9ed2cfb6a68e7e06c16e452d826f77b043f1acd004e75985ea4', '2025-06-02 13:00:00', '2025-06-02 13:00:00'),
    (6, 3, false, '2025-06-02 14:00:00', 'clerk@example.com', 'back_office', 'recount', NULL, '["manual"]', '{"site": "south"}', '49ff4872f71648824f4f69bd5b09cfd4fefcc9609482811ea6117103e23c851c', '2025-06-02 14:00:00', '2025-06-02 14:30:00');

INSERT INTO public.tasker_workflow_steps
    (workflow_step_id, task_id, named_step_id, retryable, retry_limit, in_process, processed, processed_at, attempts, last_attempted_at, backoff_request_seconds, inputs, results, skippable, created_at, updated_at)
VALUES
    (1, 1, 2, true, 3, false, true, '2025-06-02 09:00:10', 1, '2025-06-02 09:00:05', NULL, '{"order_id": 1001}', '{"reservation": "R-501"}', false, '2025-06-02 09:00:00', '2025-06-02 09:00:10'),
    (2, 1, 3, true, 3, false, true, '2025-06-02 09:01:20', 2, '2025-06-02 09:01:15', 30, '{"order_id": 1001, "amount": "24.00"}', '{"charge": "ch_1001"}', false, '2025-06-02 09:00:00', '2025-06-02 09:01:20'),
    (3, 1, 4, true, 3, false, true, '2025-06-02 09:06:15', 1, '2025-06-02 09:06:00', NULL, '{"order_id": 1001}', '{"parcel": "P-9001"}', false, '2025-06-02 09:00:00', '2025-06-02 09:06:15'),
    (4, 2, 1, true, 3, false, true, '2025-06-02 10:00:10', 1, '2025-06-02 10:00:05', NULL, '{"order_id": 1002}', '{"MUG-01": 14, "TEA-07": 40}', false, '2025-06-02 10:00:00', '2025-06-02 10:00:10'),
    (5, 2, 2, true, 3, true, false, NULL, 1, '2025-06-02 10:00:15', NULL, '{"order_id": 1002}', NULL, false, '2025-06-02 10:00:00', '2025-06-02 10:00:15'),
    (6, 2, 3, true, 5, false, false, NULL, 1, '2025-06-02 10:00:15', 30, '{"order_id": 1002, "amount": "31.50"}', NULL, false, '2025-06-02 10:00:00', '2025-06-02 10:00:20'),
    (7, 2, 4, true, 3, false, false, NULL, NULL, NULL, NULL, NULL, NULL, false, '2025-06-02 10:00:00', '2025-06-02 10:00:00'),
    (8, 3, 2, true, 3, false, true, '2025-06-02 11:00:10', 1, '2025-06-02 11:00:05', NULL, '{"order_id": 1003}', '{"reservation": "R-502"}', false, '2025-06-02 11:00:00', '2025-06-02 11:00:10'),
    (9, 3, 3, true, 3, false, false, NULL, 3, '2025-06-02 11:06:15', 120, '{"order_id": 1003, "amount": "48.00"}', NULL, false, '2025-06-02 11:00:00', '2025-06-02 11:06:30'),
    (10, 3, 4, true, 3, false, false, NULL, NULL, NULL, NULL, NULL, NULL, false, '2025-06-02 11:00:00', '2025-06-02 11:00:00'),
    (11, 4, 1, false, 1, false, false, NULL, NULL, NULL, NULL, '{"site": "north"}', NULL, true, '2025-06-02 12:00:00', '2025-06-02 12:03:00'),
    (12, 6, 1, false, NULL, false, true, '2025-06-02 14:30:00', 1, '2025-06-02 14:00:05', NULL, '{"site": "south"}', '{"counted_by_hand": true}', false, '2025-06-02 14:00:00', '2025-06-02 14:30:00');

-- Tasks 1 and 3 are chains, task 2 is a diamond.
INSERT INTO public.tasker_workflow_step_edges
    (id, from_step_id, to_step_id, name, created_at, updated_at)
VALUES
    (1, 1, 2, 'provides', '2025-06-02 09:00:00', '2025-06-02 09:00:00'),
    (2, 2, 3, 'provides', '2025-06-02 09:00:00', '2025-06-02 09:00:00'),
    (3, 4, 5, 'provides', '2025-06-02 10:00:00', '2025-06-02 10:00:00'),
    (4, 4, 6, 'provides', '2025-06-02 10:00:00', '2025-06-02 10:00:00'),
    (5, 5, 7, 'provides', '2025-06-02 10:00:00', '2025-06-02 10:00:00'),
    (6, 6, 7, 'provides', '2025-06-02 10:00:00', '2025-06-02 10:00:00'),
    (7, 8, 9, 'provides', '2025-06-02 11:00:00', '2025-06-02 11:00:00'),
    (8, 9, 10, 'provides', '2025-06-02 11:00:00', '2025-06-02 11:00:00');

INSERT INTO public.tasker_annotation_types
    (annotation_type_id, name, description, created_at, updated_at)
VALUES
    (1, 'note', 'A remark by a person', '2025-05-12 08:00:00', '2025-05-12 08:00:00'),
    (2, 'ticket', NULL, '2025-05-12 08:00:00', '2025-05-12 08:00:00');

INSERT INTO public.tasker_task_annotations
    (task_annotation_id, task_id, annotation_type_id, annotation, created_at, updated_at)
VALUES
    (1, 3, 1, '{"author": "clerk@example.com", "text": "The customer''s bank was called."}', '2025-06-02 11:10:00', '2025-06-02 11:10:00'),
    (2, 3, 2, '{"number": "SUP-77"}', '2025-06-02 11:12:00', '2025-06-02 11:12:00'),
    (3, 6, 1, '{"author": "clerk@example.com", "text": "Counted by hand."}', '2025-06-02 14:30:00', '2025-06-02 14:30:00');

INSERT INTO public.tasker_dependent_system_object_maps
    (dependent_system_object_map_id, dependent_system_one_id, dependent_system_two_id, remote_id_one, remote_id_two, created_at, updated_at)
VALUES
    (1, 1, 2, 'ch_1001', 'P-9001', '2025-06-02 09:06:15', '2025-06-02 09:06:15'),
    (2, 1, 2, 'cus_20', 'C-7', '2025-06-02 09:06:15', '2025-06-02 09:06:15');

INSERT INTO public.tasker_task_transitions
    (id, to_state, from_state, metadata, sort_key, most_recent, task_id, created_at, updated_at)
VALUES
    (1, 'pending', NULL, '{}', 10, false, 1, '2025-06-02 09:00:00', '2025-06-02 09:00:02'),
    (2, 'in_progress', 'pending', '{}', 20, false, 1, '2025-06-02 09:00:02', '2025-06-02 09:06:20'),
    (3, 'complete', 'in_progress', '{"steps": 3}', 30, true, 1, '2025-06-02 09:06:20', '2025-06-02 09:06:20'),
    (4, 'pending', NULL, '{}', 10, false, 2, '2025-06-02 10:00:00', '2025-06-02 10:00:02'),
    (5, 'in_progress', 'pending', '{}', 20, true, 2, '2025-06-02 10:00:02', '2025-06-02 10:00:02'),
    (6, 'pending', NULL, '{}', 10, false, 3, '2025-06-02 11:00:00', '2025-06-02 11:00:02'),
    (7, 'in_progress', 'pending', '{}', 20, false, 3, '2025-06-02 11:00:02', '2025-06-02 11:00:35'),
    (8, 'error', 'in_progress', '{"error_message": "charge_card: Timeout after 10 s", "error_backtrace": "payment_gateway.rb:41:in `charge''\ncharge_card.rb:12:in `process''"}', 30, false, 3, '2025-06-02 11:00:35', '2025-06-02 11:01:30'),
    (9, 'pending', 'error', '{}', 40, false, 3, '2025-06-02 11:01:30', '2025-06-02 11:01:32'),
    (10, 'in_progress', 'pending', '{}', 50, false, 3, '2025-06-02 11:01:32', '2025-06-02 11:02:05'),
    (11, 'error', 'in_progress', '{"error_message": "charge_card: The gateway answered 503", "error_backtrace": "payment_gateway.rb:47:in `charge''\ncharge_card.rb:12:in `process''"}', 60, false, 3, '2025-06-02 11:02:05', '2025-06-02 11:06:00'),
    (12, 'pending', 'error', '{}', 70, false, 3, '2025-06-02 11:06:00', '2025-06-02 11:06:02'),
    (13, 'in_progress', 'pending', '{}', 80, false, 3, '2025-06-02 11:06:02', '2025-06-02 11:06:35'),
    (14, 'error', 'in_progress', '{"error_message": "charge_card: The card was declined", "error_backtrace": "payment_gateway.rb:58:in `charge''\ncharge_card.rb:12:in `process''"}', 90, true, 3, '2025-06-02 11:06:35', '2025-06-02 11:06:35'),
    (15, 'pending', NULL, '{}', 10, false, 4, '2025-06-02 12:00:00', '2025-06-02 12:03:00'),
    (16, 'cancelled', 'pending', '{"reason": "The site is closed."}', 20, true, 4, '2025-06-02 12:03:00', '2025-06-02 12:03:00'),
    (17, 'pending', NULL, '{}', 10, false, 6, '2025-06-02 14:00:00', '2025-06-02 14:00:02'),
    (18, 'in_progress', 'pending', '{}', 20, false, 6, '2025-06-02 14:00:02', '2025-06-02 14:00:20'),
    (19, 'error', 'in_progress', '{"error_message": "fetch_stock: The scanner is offline"}', 30, false, 6, '2025-06-02 14:00:20', '2025-06-02 14:30:00'),
    (20, 'resolved_manually', 'error', '{"by": "clerk@example.com"}', 40, true, 6, '2025-06-02 14:30:00', '2025-06-02 14:30:00');

-- Steps 7 and 10 have no transition yet.
INSERT INTO public.tasker_workflow_step_transitions
    (id, to_state, from_state, metadata, sort_key, most_recent, workflow_step_id, created_at, updated_at)
VALUES
    (1, 'pending', NULL, '{}', 10, false, 1, '2025-06-02 09:00:00', '2025-06-02 09:00:05'),
    (2, 'in_progress', 'pending', '{}', 20, false, 1, '2025-06-02 09:00:05', '2025-06-02 09:00:10'),
    (3, 'complete', 'in_progress', '{}', 30, true, 1, '2025-06-02 09:00:10', '2025-06-02 09:00:10'),
    (4, 'pending', NULL, '{}', 10, false, 2, '2025-06-02 09:00:00', '2025-06-02 09:00:15'),
    (5, 'in_progress', 'pending', '{}', 20, false, 2, '2025-06-02 09:00:15', '2025-06-02 09:00:25'),
    (6, 'error', 'in_progress', '{"error_message": "Timeout after 10 s", "error_backtrace": "payment_gateway.rb:41:in `charge''\ncharge_card.rb:12:in `process''"}', 30, false, 2, '2025-06-02 09:00:25', '2025-06-02 09:00:55'),
    (7, 'pending', 'error', '{}', 40, false, 2, '2025-06-02 09:00:55', '2025-06-02 09:01:15'),
    (8, 'in_progress', 'pending', '{}', 50, false, 2, '2025-06-02 09:01:15', '2025-06-02 09:01:20'),
    (9, 'complete', 'in_progress', '{}', 60, true, 2, '2025-06-02 09:01:20', '2025-06-02 09:01:20'),
    (10, 'pending', NULL, '{}', 10, false, 3, '2025-06-02 09:00:00', '2025-06-02 09:06:00'),
    (11, 'in_progress', 'pending', '{}', 20, false, 3, '2025-06-02 09:06:00', '2025-06-02 09:06:15'),
    (12, 'complete', 'in_progress', '{}', 30, true, 3, '2025-06-02 09:06:15', '2025-06-02 09:06:15'),
    (13, 'pending', NULL, '{}', 10, false, 4, '2025-06-02 10:00:00', '2025-06-02 10:00:05'),
    (14, 'in_progress', 'pending', '{}', 20, false, 4, '2025-06-02 10:00:05', '2025-06-02 10:00:10'),
    (15, 'complete', 'in_progress', '{}', 30, true, 4, '2025-06-02 10:00:10', '2025-06-02 10:00:10'),
    (16, 'pending', NULL, '{}', 10, false, 5, '2025-06-02 10:00:00', '2025-06-02 10:00:15'),
    (17, 'in_progress', 'pending', '{}', 20, true, 5, '2025-06-02 10:00:15', '2025-06-02 10:00:15'),
    (18, 'pending', NULL, '{}', 10, false, 6, '2025-06-02 10:00:00', '2025-06-02 10:00:15'),
    (19, 'in_progress', 'pending', '{}', 20, false, 6, '2025-06-02 10:00:15', '2025-06-02 10:00:20'),
    (20, 'error', 'in_progress', '{"error_message": "The gateway answered 503", "error_backtrace": "payment_gateway.rb:47:in `charge''\ncharge_card.rb:12:in `process''"}', 30, true, 6, '2025-06-02 10:00:20', '2025-06-02 10:00:20'),
    (21, 'pending', NULL, '{}', 10, false, 8, '2025-06-02 11:00:00', '2025-06-02 11:00:05'),
    (22, 'in_progress', 'pending', '{}', 20, false, 8, '2025-06-02 11:00:05', '2025-06-02 11:00:10'),
    (23, 'complete', 'in_progress', '{}', 30, true, 8, '2025-06-02 11:00:10', '2025-06-02 11:00:10'),
    (24, 'pending', NULL, '{}', 10, false, 9, '2025-06-02 11:00:00', '2025-06-02 11:00:15'),
    (25, 'in_progress', 'pending', '{}', 20, false, 9, '2025-06-02 11:00:15', '2025-06-02 11:00:30'),
    (26, 'error', 'in_progress', '{"error_message": "Timeout after 10 s", "error_backtrace": "payment_gateway.rb:41:in `charge''\ncharge_card.rb:12:in `process''"}', 30, false, 9, '2025-06-02 11:00:30', '2025-06-02 11:01:30'),
    (27, 'pending', 'error', '{}', 40, false, 9, '2025-06-02 11:01:30', '2025-06-02 11:01:45'),
    (28, 'in_progress', 'pending', '{}', 50, false, 9, '2025-06-02 11:01:45', '2025-06-02 11:02:00'),
    (29, 'error', 'in_progress', '{"error_message": "The gateway answered 503", "error_backtrace": "payment_gateway.rb:47:in `charge''\ncharge_card.rb:12:in `process''"}', 60, false, 9, '2025-06-02 11:02:00', '2025-06-02 11:06:00'),
    (30, 'pending', 'error', '{}', 70, false, 9, '2025-06-02 11:06:00', '2025-06-02 11:06:15'),
    (31, 'in_progress', 'pending', '{}', 80, false, 9, '2025-06-02 11:06:15', '2025-06-02 11:06:30'),
    (32, 'error', 'in_progress', '{"error_message": "The card was declined", "error_backtrace": "payment_gateway.rb:58:in `charge''\ncharge_card.rb:12:in `process''"}', 90, true, 9, '2025-06-02 11:06:30', '2025-06-02 11:06:30'),
    (33, 'pending', NULL, '{}', 10, false, 11, '2025-06-02 12:00:00', '2025-06-02 12:03:00'),
    (34, 'cancelled', 'pending', NULL, 20, true, 11, '2025-06-02 12:03:00', '2025-06-02 12:03:00'),
    (35, 'pending', NULL, '{}', 10, false, 12, '2025-06-02 14:00:00', '2025-06-02 14:00:05'),
    (36, 'in_progress', 'pending', '{}', 20, false, 12, '2025-06-02 14:00:05', '2025-06-02 14:00:15'),
    (37, 'error', 'in_progress', '{"error_message": "The scanner is offline"}', 30, false, 12, '2025-06-02 14:00:15', '2025-06-02 14:30:00'),
    (38, 'resolved_manually', 'error', '{}', 40, true, 12, '2025-06-02 14:30:00', '2025-06-02 14:30:00');

-- The next inserted row takes the next free number.
SELECT pg_catalog.setval('public.tasker_annotation_types_annotation_type_id_seq', 2, true);
SELECT pg_catalog.setval('public.tasker_dependent_system_objec_dependent_system_object_map_i_seq', 2, true);
SELECT pg_catalog.setval('public.tasker_dependent_systems_dependent_system_id_seq', 2, true);
SELECT pg_catalog.setval('public.tasker_named_steps_named_step_id_seq', 4, true);
SELECT pg_catalog.setval('public.tasker_named_tasks_named_task_id_seq', 3, true);
SELECT pg_catalog.setval('public.tasker_named_tasks_named_steps_id_seq', 8, true);
SELECT pg_catalog.setval('public.tasker_task_annotations_task_annotation_id_seq', 3, true);
SELECT pg_catalog.setval('public.tasker_task_namespaces_task_namespace_id_seq', 2, true);
SELECT pg_catalog.setval('public.tasker_task_transitions_id_seq', 20, true);
SELECT pg_catalog.setval('public.tasker_tasks_task_id_seq', 6, true);
SELECT pg_catalog.setval('public.tasker_workflow_step_edges_id_seq', 8, true);
SELECT pg_catalog.setval('public.tasker_workflow_step_transitions_id_seq', 38, true);
SELECT pg_catalog.setval('public.tasker_workflow_steps_workflow_step_id_seq', 12, true);
