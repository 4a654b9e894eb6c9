/**
 * Schedules of CronJobs: {@link io.jkube.api.cron.CronSchedule}, read by {@link
 * io.jkube.api.cron.CronParser}. Pure values, no clock.
 */
package io.jkube.api.cron;
