CREATE TABLE `sealed_secrets` (
	`connection_id` text NOT NULL,
	`name` text NOT NULL,
	`sealed` text NOT NULL,
	`saved_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `seen_deliveries` (
	`digest` text PRIMARY KEY NOT NULL,
	`seen_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `seen_deliveries_seen` ON `seen_deliveries` (`seen_ms`);