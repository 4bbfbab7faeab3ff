CREATE TABLE `claim_keys` (
	`connection_id` text NOT NULL,
	`key` text NOT NULL,
	`claim_id` text NOT NULL,
	PRIMARY KEY(`connection_id`, `key`, `claim_id`)
);
--> statement-breakpoint
CREATE TABLE `claims` (
	`connection_id` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text NOT NULL,
	`deal_id` text,
	`duplicate_of_id` text,
	`detail` text NOT NULL,
	PRIMARY KEY(`connection_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `claims_deal_id` ON `claims` (`connection_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `conflicts` (
	`connection_id` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text NOT NULL,
	`state` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`connection_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `credit_book` (
	`connection_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`cents` integer NOT NULL,
	`shares` text NOT NULL,
	`on_ms` integer NOT NULL,
	`recorded_ms` integer NOT NULL,
	`reason` text NOT NULL,
	`run_id` text NOT NULL,
	PRIMARY KEY(`connection_id`, `deal_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `credit_book_on` ON `credit_book` (`connection_id`,`on_ms`);--> statement-breakpoint
CREATE TABLE `credits` (
	`connection_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`run_id` text NOT NULL,
	`kind` text NOT NULL,
	`cents` integer,
	`won_ms` integer NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`connection_id`, `deal_id`)
);
--> statement-breakpoint
CREATE INDEX `credits_won` ON `credits` (`connection_id`,`won_ms`);--> statement-breakpoint
CREATE TABLE `partner_credits` (
	`connection_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`run_id` text NOT NULL,
	`sourced` integer NOT NULL,
	`influenced` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `partner_id`)
);
--> statement-breakpoint
CREATE INDEX `registrations_id` ON `registrations` (`connection_id`,`id`);