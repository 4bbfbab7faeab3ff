DROP INDEX `accounts_id`;--> statement-breakpoint
CREATE INDEX `accounts_id` ON `accounts` (`connection_id`,`id`,`deleted`,`parent_id`);--> statement-breakpoint
DROP INDEX `deals_resolved_partner_id`;--> statement-breakpoint
DROP INDEX `deals_unrated`;--> statement-breakpoint
CREATE INDEX `deals_resolved_partner_id` ON `deals` (`connection_id`,`resolved_partner_id`) WHERE resolved_partner_id is not null;--> statement-breakpoint
CREATE INDEX `deals_unrated` ON `deals` (`connection_id`,`currency`) WHERE rate is null and linked = 1;