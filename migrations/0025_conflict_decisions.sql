CREATE TABLE `conflict_decisions` (
	`connection_id` text NOT NULL,
	`conflict_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`what` text NOT NULL,
	`partner_id` text NOT NULL,
	`by_who` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`connection_id`, `conflict_id`, `at_ms`)
);
