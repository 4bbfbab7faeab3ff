ALTER TABLE `deals` ADD `closed` integer;--> statement-breakpoint
ALTER TABLE `deals` ADD `won` integer;