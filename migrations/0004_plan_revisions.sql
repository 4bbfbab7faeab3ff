CREATE TABLE `plan_revisions` (
	`connection_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`revision` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`by_who` text,
	`why` text,
	`approved_ms` integer,
	`approved_by` text,
	`hash` text NOT NULL,
	`terms` text NOT NULL,
	PRIMARY KEY(`connection_id`, `plan_id`, `revision`)
);
--> statement-breakpoint
ALTER TABLE `plans` ADD `owner_id` text;--> statement-breakpoint
ALTER TABLE `plans` ADD `partner_owner` text;--> statement-breakpoint
ALTER TABLE `plans` ADD `review_on` text;