CREATE TABLE `fund_decisions` (
	`connection_id` text NOT NULL,
	`fund_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`decision` text NOT NULL,
	`by_who` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`connection_id`, `fund_id`, `at_ms`)
);
