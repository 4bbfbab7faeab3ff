CREATE TABLE `fits` (
	`connection_id` text NOT NULL,
	`kind` text NOT NULL,
	`at_ms` integer NOT NULL,
	`hash` text NOT NULL,
	`made_ms` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`connection_id`, `kind`, `at_ms`, `hash`)
);
