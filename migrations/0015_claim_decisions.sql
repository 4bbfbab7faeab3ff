CREATE TABLE `claim_decisions` (
	`connection_id` text NOT NULL,
	`claim_id` text NOT NULL,
	`status` text NOT NULL,
	`by_who` text NOT NULL,
	`why` text NOT NULL,
	`decided_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `claim_id`)
);
