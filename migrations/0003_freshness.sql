ALTER TABLE `cursors` ADD `associations_ms` integer;--> statement-breakpoint
ALTER TABLE `cursors` ADD `calculated_ms` integer;--> statement-breakpoint
ALTER TABLE `cursors` ADD `paused_ms` integer;