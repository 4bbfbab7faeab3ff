CREATE TABLE `tier_decisions` (
	`connection_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`decided_ms` integer NOT NULL,
	`tier` text NOT NULL,
	`before` text,
	`by_who` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`connection_id`, `partner_id`, `decided_ms`)
);
