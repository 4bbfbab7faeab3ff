CREATE TABLE `link_states` (
	`connection_id` text PRIMARY KEY NOT NULL,
	`mapping` text NOT NULL,
	`day` text NOT NULL,
	`stale` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `deals` ADD `linked` integer;--> statement-breakpoint
CREATE INDEX `deals_account_id` ON `deals` (`connection_id`,`account_id`);--> statement-breakpoint
CREATE INDEX `deals_unlinked` ON `deals` (`connection_id`,`id`) WHERE linked is null;--> statement-breakpoint
CREATE INDEX `deals_unrated` ON `deals` (`connection_id`,`currency`) WHERE rate is null;--> statement-breakpoint
CREATE INDEX `accounts_id` ON `accounts` (`connection_id`,`id`);--> statement-breakpoint
CREATE INDEX `campaigns_id` ON `campaigns` (`connection_id`,`id`);--> statement-breakpoint
CREATE INDEX `deal_scores_of_run` ON `deal_scores` (`connection_id`,`run_id`,`deal_id`);--> statement-breakpoint
CREATE INDEX `partners_standing_for` ON `partners` (`connection_id`,coalesce(`account_id`, `id`));--> statement-breakpoint
CREATE INDEX `plans_id` ON `plans` (`connection_id`,`id`);--> statement-breakpoint
CREATE INDEX `rates_in_force` ON `rates` (`connection_id`,`code`,coalesce(`start_on`, ''));--> statement-breakpoint
CREATE INDEX `runs_started` ON `runs` (`started_ms`);--> statement-breakpoint
CREATE INDEX `runs_state` ON `runs` (`connection_id`,`state`,`started_ms`);--> statement-breakpoint
CREATE INDEX `windows_of_run` ON `windows` (`run_id`);