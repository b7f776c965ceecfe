namespace Sidecar.PubSub;

/// <summary>Topics for the life of the process. A message that no group is there for is gone, as in Dapr's own.</summary>
internal sealed class MemoryTopicLog(TimeProvider clock) : ITopicLog
{
    private readonly Lock gate = new();
    private readonly List<(TopicMessage Message, NewMessage Origin)> messages = [];
    private readonly Dictionary<ConsumerGroup, long> groups = [];
    private readonly Dictionary<(ConsumerGroup Group, long Id), ParkedMessage> parked = [];
    private long last;

    public Task PublishAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var message in messages.Where(message => groups.Keys.Any(group => group.Topic == message.Topic)))
            {
                this.messages.Add((new TopicMessage(++last, message.Data, message.Raw) { Metadata = message.Metadata }, message));
            }
        }

        return Task.CompletedTask;
    }

    public Task<long> JoinAsync(ConsumerGroup group, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            groups.TryAdd(group, last);
            return Task.FromResult(groups[group]);
        }
    }

    public IReadOnlyList<TopicMessage> Read(string topic, long after, int count)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            return [.. messages.Where(one => one.Origin.Topic == topic && one.Message.Id > after && !(one.Origin.Expires <= now))
                .Take(count).Select(one => one.Message)];
        }
    }

    public IReadOnlyList<ParkedMessage> ReadParked(ConsumerGroup group, int count)
    {
        lock (gate)
        {
            return [.. parked.Where(one => one.Key.Group == group).Select(one => one.Value).OrderBy(one => one.Due).Take(count)];
        }
    }

    public Task AdvanceAsync(GroupProgress progress, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            groups[progress.Group] = Math.Max(groups.GetValueOrDefault(progress.Group), progress.Position);
            foreach (var message in progress.Parked)
            {
                parked[(progress.Group, message.Message.Id)] = message;
            }

            foreach (var id in progress.Done)
            {
                parked.Remove((progress.Group, id));
            }
        }

        return Task.CompletedTask;
    }

    public Task TrimAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            messages.RemoveAll(one =>
                groups.Where(group => group.Key.Topic == one.Origin.Topic).All(group => group.Value >= one.Message.Id));
        }

        return Task.CompletedTask;
    }
}
