CREATE TABLE `alert_mutes` (
	`connection_id` text NOT NULL,
	`what` text NOT NULL,
	`until_ms` integer NOT NULL,
	`by_who` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`connection_id`, `what`)
);
--> statement-breakpoint
CREATE TABLE `alert_states` (
	`connection_id` text NOT NULL,
	`rule` text NOT NULL,
	`subject` text NOT NULL,
	`on` text NOT NULL,
	`firing` text,
	`value` real NOT NULL,
	`told_ms` integer,
	PRIMARY KEY(`connection_id`, `rule`, `subject`)
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`connection_id` text NOT NULL,
	`key` text NOT NULL,
	`rule` text NOT NULL,
	`on` text NOT NULL,
	`subject` text NOT NULL,
	`owner_id` text,
	`channel` text NOT NULL,
	`recipient` text,
	`way` text NOT NULL,
	`value` real NOT NULL,
	`limit` real NOT NULL,
	`at_ms` integer NOT NULL,
	`due_ms` integer NOT NULL,
	`digest` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_ms` integer NOT NULL,
	`error` text,
	`sent_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_key` ON `alerts` (`connection_id`,`key`);--> statement-breakpoint
CREATE INDEX `alerts_state` ON `alerts` (`connection_id`,`state`,`channel`,`seq`);