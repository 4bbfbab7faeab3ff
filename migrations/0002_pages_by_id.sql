CREATE INDEX `deals_id` ON `deals` (`connection_id`,`id`);--> statement-breakpoint
CREATE INDEX `partners_id` ON `partners` (`connection_id`,`id`);