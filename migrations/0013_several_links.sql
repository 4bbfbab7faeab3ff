CREATE TABLE `page_sizes` (
	`connection_id` text NOT NULL,
	`what` text NOT NULL,
	`rows` integer NOT NULL,
	`learnt_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `what`)
);
--> statement-breakpoint
CREATE TABLE `several_links` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`entity` text NOT NULL,
	`field` text NOT NULL,
	`rule` text NOT NULL,
	`ids` text NOT NULL,
	PRIMARY KEY(`connection_id`, `entity`, `object`, `id`, `field`)
);
