CREATE TABLE `seen_deliveries` (
	`digest` text PRIMARY KEY NOT NULL,
	`seen_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `seen_deliveries_seen` ON `seen_deliveries` (`seen_ms`);