"""Sentences that claim a change of a figure, and sentences that do not, as people write them in reports and reviews.

They were written down before the present patterns, by somebody who had read the earlier ones. Those at even places were used
while the patterns were made, those at odd places were only counted: what is found among them says how good the patterns are.
"""

CLAIM = """\
We should also write a runbook, but MTTR improved by 20 % in Q4.
Since the new paging rules went live in March, our MTTA has dropped by almost half.
Incident count is down 15 % year over year.
We had 30 % fewer incidents this quarter than in the one before.
Mean time to resolve went from 42 to 30 minutes.
The platform team brought MTTR down by a third.
Detection is good: MTTD halved compared with last year.
In the fourth quarter, mean time to recovery fell sharply.
Our availability improved from 99.90 % to 99.95 % in Q4.
Uptime was higher this year than last year.
MTBF doubled since we replaced the load balancers.
The mean time between failures has grown from 12 to 20 days.
Change failure rate fell to 8 % this quarter, from 14 % last quarter.
Post-mortem coverage rose from 60 % to 90 % over the year.
More action items were completed on time in Q4 than in Q3.
The on-time rate of action items improved by ten points.
We now resolve incidents twice as fast as a year ago.
Thanks to the runbooks, incidents are detected 40 % faster than in 2023.
On average, time to acknowledge is now 3 minutes shorter.
MTTR got worse in May 2024.
MTTR rose by 12 percent between Q2 and Q3.
Compared with the first half of the year, we saw a 25 % reduction in MTTR.
A 20 % drop in mean time to detect shows that the alerts work.
The number of SEV-1 incidents has tripled since January.
There were twice as many incidents in 2024 as in 2023.
It took some convincing, yet the count of incidents shrank by a quarter.
While nobody may have noticed, mean time to mitigate decreased by 18 % last month.
Although we could not hire, MTTR is 10 % lower than last quarter.
We reduced our mean time to acknowledge from 9 minutes to 4 minutes.
Reduced MTTR by 35 % through automated rollback.
MTTR and MTTD both improved in the last six months.
Our mean recovery time is at its lowest, down from 95 to 60 minutes.
The incident rate climbed by 10 % after the migration.
Median time to resolve has been cut by 40 % since the new on-call schedule.
MTTM was shortened by a fifth in April.
As expected, MTTR went down in Q1.
MTTR fell by 20 %, which beats our target of 10 %.
The frequency of incidents decreased quarter over quarter.
The team managed to resolve 20 % of the pages automatically, and MTTR dropped by 30 %.
Incidents have become less frequent since last summer.
Incidents take longer to resolve than they did in 2023.
Availability has declined this quarter.
MTTR is trending down since October.
We have seen a steady decline in the number of incidents over the last three quarters.
The rollout cut mean time to identify in half.
Failures now occur only half as often as in the previous quarter.
The average time to restore service was 25 % lower in 2024 than in 2023.
The time between failures lengthened by a third.
Our change failure rate has doubled since the reorganisation in September.
Fewer post-mortems were written in time this quarter.
Post-mortem coverage worsened in the second quarter.
Error budgets are healthy, and uptime increased by 0.2 points over last year.
Mean time to acknowledge increased, from 4 to 7 minutes.
It is a good sign that MTTR keeps falling quarter after quarter.
With the new dashboards we have driven MTTD down by 50 %.
Overall, incidents are up 22 % on last year.
By moving to canary releases we lowered the change failure rate by 6 points.
Time to detect improved considerably this year, from a median of 14 minutes to 6.
In May and June our MTTR was 15 % better than in March and April.
Are we done? No, but MTTR improved by 10 % this month.
The numbers speak for themselves: 40 % fewer SEV-1 incidents in Q4.
The mean time to resolve SEV-2 incidents has gone up by half an hour since spring.
MTTR was slashed by more than 60 %.
Because we could page the right team at once, mean time to mitigate fell by a quarter in Q2.
The share of action items closed on time went up to 85 % this quarter.
On-time completion of action items dropped from 80 % to 55 %.
We more than halved the time to recovery last year.
Average resolution time grew by 20 minutes in the last quarter.
We are much quicker at acknowledging incidents than we were last year.
Incident volume fell 18 % month over month.
If anything, MTTR got worse: it rose by 10 % in Q3.
MTTR improved by 20 % without any new tooling.
Our MTTR, which is not the whole story, decreased by 12 % in Q4.
Nobody planned for this, but the number of incidents doubled in November.
"""

NO_CLAIM = """\
We want MTTR to be 20 % lower by the end of Q4.
Our target for 2025 is an MTTR that is 30 % lower than in 2024.
Would MTTR have improved with better runbooks?
If the failover works, MTTR falls by a third.
The vendor says that its MTTR improved by 20 %.
“MTTR improved by 20 %” was on the slide, and nobody could say where it came from.
Service was restored 20 % faster than last time.
Availability dropped to 92 % during the incident.
Availability fell by 8 % between 14:05 and 14:40.
MTTR was 42 minutes in Q4.
We cannot say whether MTTR improved.
Three incidents are too few to say that MTTR changed.
The action item is to reduce the number of incidents by a third.
Reduce mean time to detect by 20 %.
Cut MTTR by half until June.
We expect the change failure rate to drop by 5 points.
The new alert should bring MTTD down by half.
MTTR may improve once the new alerts are live.
The error rate doubled in March.
Response time of the API increased by 40 % in Q4.
We improved the dashboard for MTTR.
MTTR reporting improved a lot this quarter.
The time to resolve this incident was longer than usual.
In this incident, time to detect was 50 % shorter than in the previous one.
Our provider's uptime was lower than last year.
According to the provider, availability improved in Q4.
Did the number of incidents fall this quarter?
It is unclear if incident count has really gone down.
The number of incidents did not change.
There were no fewer incidents than last quarter.
MTTR has not improved since March.
MTTR has neither improved nor worsened.
We moved to two availability zones and reduced the load by 20 %.
The number of retries doubled, and the queue grew by 30 %.
Memory usage dropped by 20 % when the incident was resolved.
Traffic was 30 % higher than last year when the incident began.
The rate of failed logins fell after 15 minutes.
To lower MTTR by 20 %, we need a second on-call engineer.
A reduction of MTTR by 20 % is our goal for the next quarter.
The proposal promises a 30 % drop in MTTR.
Had we had a runbook, time to mitigate would have been 40 % lower.
Industry reports say that change failure rate fell from 15 % to 10 %.
Their mean time to recover is 20 % lower than ours.
Look at whether the time to acknowledge increased in Q4.
More incidents were opened while the page was down.
The incident took twice as long as the last one.
Two more incidents followed on Friday.
Fewer customers were hit than in the last incident.
We must make sure that MTTA does not rise.
The team hopes that mean time to resolve drops by 10 % in 2025.
Nobody knows how the mean time between failures changed.
Uptime is shown on the status page, which was improved last month.
Post-mortem coverage was 100 % in Q3.
Post-mortems improved a lot since we use the new template.
All action items are due in May 2024, on time.
The on-time delivery of parcels dropped by 20 % during the outage.
The time to restore the backup has doubled since January, as the database grew.
Time to first byte improved by 20 % in Q4.
Deployment frequency increased by 50 % in the last quarter.
Our goal: MTTR down by 20 %.
It might be that MTTR improved, but we have not measured it.
When on-call is short of people, MTTR rises.
The consultant claimed that MTTR had halved.
The board asked why MTTR had gone up in Q3.
A lower MTTR is better than a higher one.
Mean time to resolve is the mean of the times from start to resolution; a lower value is better.
Please report how much MTTR improved in Q4.
Let us see if the incident count drops in May.
Latency increased and availability decreased until we rolled back.
Availability recovered to 100 % after the fix.
The count of incidents in the table grew by one, as INC-2025-004 was split.
The recovery time objective was lowered to 30 minutes in March.
The rate of incidents that we would see with a fall of 20 % is given in the table.
Suppose MTTR dropped by 30 %: how many incidents would we need to see it?
"""
