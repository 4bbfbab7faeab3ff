CREATE TABLE `attendees` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`activity_id` text NOT NULL,
	`contact_id` text,
	`user_id` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `attendees_activity_id` ON `attendees` (`connection_id`,`activity_id`);--> statement-breakpoint
CREATE TABLE `deal_links` (
	`connection_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`via` text NOT NULL,
	`role` text NOT NULL,
	`known_ms` integer NOT NULL,
	`since` text NOT NULL,
	`primary` integer NOT NULL,
	`ended_ms` integer,
	PRIMARY KEY(`connection_id`, `deal_id`, `partner_id`, `via`, `role`, `primary`, `known_ms`)
);
--> statement-breakpoint
CREATE TABLE `deal_looks` (
	`connection_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`eyes` text NOT NULL,
	`seen_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `deal_id`)
);
--> statement-breakpoint
CREATE TABLE `deal_teams` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`deal_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text,
	`side` text,
	`created_at` integer,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `deal_teams_deal_id` ON `deal_teams` (`connection_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `quotes` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`deal_id` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`amount` real,
	`currency` text,
	`by_id` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `quotes_deal_id` ON `quotes` (`connection_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`deal_id` text NOT NULL,
	`owner_id` text,
	`created_at` integer NOT NULL,
	`due_on` text,
	`done_at` integer,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `tasks_deal_id` ON `tasks` (`connection_id`,`deal_id`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `domain` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `by_id` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `contact_id` text;--> statement-breakpoint
ALTER TABLE `deal_partners` ADD `created_at` integer;--> statement-breakpoint
ALTER TABLE `deals` ADD `competitor` text;--> statement-breakpoint
ALTER TABLE `partners` ADD `domain` text;--> statement-breakpoint
ALTER TABLE `registrations` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `registrations` ADD `company` text;--> statement-breakpoint
ALTER TABLE `registrations` ADD `domain` text;--> statement-breakpoint
ALTER TABLE `registrations` ADD `product` text;--> statement-breakpoint
ALTER TABLE `registrations` ADD `created_at` integer;--> statement-breakpoint
ALTER TABLE `registrations` ADD `protected_until` text;--> statement-breakpoint
ALTER TABLE `users` ADD `email` text;--> statement-breakpoint
ALTER TABLE `users` ADD `login_id` text;--> statement-breakpoint
ALTER TABLE `users` ADD `side` text;--> statement-breakpoint
ALTER TABLE `users` ADD `resolved_side` text;--> statement-breakpoint
CREATE INDEX `users_id` ON `users` (`connection_id`,`id`);--> statement-breakpoint
CREATE INDEX `users_login_id` ON `users` (`connection_id`,`login_id`);--> statement-breakpoint
CREATE INDEX `users_unresolved` ON `users` (`connection_id`,`id`) WHERE resolved_side is null;--> statement-breakpoint
CREATE INDEX `contacts_id` ON `contacts` (`connection_id`,`id`);