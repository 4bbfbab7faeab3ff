CREATE TABLE `backtests` (
	`connection_id` text PRIMARY KEY NOT NULL,
	`as_of_ms` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `shadow_gates` (
	`connection_id` text PRIMARY KEY NOT NULL,
	`opened_ms` integer NOT NULL,
	`run_id` text NOT NULL,
	`why` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statement_outcomes` (
	`connection_id` text NOT NULL,
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`slot` integer NOT NULL,
	`happened` integer,
	`amount` real,
	`run_id` text NOT NULL,
	PRIMARY KEY(`connection_id`, `source`, `kind`, `subject_id`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `statements` (
	`connection_id` text NOT NULL,
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`slot` integer NOT NULL,
	`said_ms` integer NOT NULL,
	`from_ms` integer NOT NULL,
	`due_ms` integer NOT NULL,
	`goal` real,
	`chance` real,
	`mean` real,
	`low` real,
	`middle` real,
	`high` real,
	`beside` text NOT NULL,
	`model` text NOT NULL,
	`run_id` text NOT NULL,
	PRIMARY KEY(`connection_id`, `source`, `kind`, `subject_id`, `slot`)
);
--> statement-breakpoint
CREATE INDEX `statements_due` ON `statements` (`connection_id`,`source`,`due_ms`,`kind`,`subject_id`);--> statement-breakpoint
CREATE TABLE `track_records` (
	`connection_id` text NOT NULL,
	`source` text NOT NULL,
	`settled_ms` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`connection_id`, `source`)
);
