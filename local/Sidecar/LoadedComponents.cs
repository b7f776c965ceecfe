using Microsoft.Data.Sqlite;
using Sidecar.Locks;
using Sidecar.PubSub;
using Sidecar.Resources;
using Sidecar.Secrets;
using Sidecar.State;

namespace Sidecar;

/// <summary>The components of the resource folders, opened. Whatever cannot be opened stops the start with its file and name.</summary>
internal sealed class LoadedComponents : IAsyncDisposable
{
    private readonly Dictionary<string, SqliteStateStore> stateFiles = [];
    private readonly Dictionary<string, SqliteTopicLog> topicFiles = [];
    private readonly Dictionary<string, StateComponent> states = [];
    private readonly Dictionary<string, StateComponent> locks = [];
    private readonly Dictionary<string, PubSubComponent> pubSubs = [];
    private readonly Dictionary<string, Action<Component>> openers;
    private readonly TimeProvider clock;
    private readonly string data;

    public LoadedComponents(IReadOnlyList<Component> components, string data, TimeProvider clock)
    {
        this.data = data;
        this.clock = clock;
        openers = new Dictionary<string, Action<Component>>
        {
            ["lock.in-memory"] = one => locks[one.Name] = new StateComponent(one, new MemoryStateStore(clock)),
            ["lock.sqlite"] = one => locks[one.Name] = new StateComponent(one, OpenState(one)),
            ["pubsub.in-memory"] = one => pubSubs[one.Name] = new PubSubComponent(one, new MemoryTopicLog(clock)),
            ["pubsub.sqlite"] = one => pubSubs[one.Name] = new PubSubComponent(one, OpenTopics(one)),
            ["secretstores.local.env"] = one => Secrets.Add(one, new EnvironmentSecretStore(one["prefix"] ?? "")),
            ["secretstores.local.file"] = one => Secrets.Add(one, new FileSecretStore(one)),
            ["state.in-memory"] = one => states[one.Name] = new StateComponent(one, new MemoryStateStore(clock)),
            ["state.sqlite"] = one => states[one.Name] = new StateComponent(one, OpenState(one)),
        };

        // Secret stores first: the others may refer to them.
        var ordered = components.OrderByDescending(one => one.Type.StartsWith("secretstores.", StringComparison.Ordinal)).ToArray();
        Definitions = [.. ordered.Where(Open)];
        if (Definitions.Count(one => one.Flag("actorStateStore")) > 1)
        {
            throw Definitions.Last(one => one.Flag("actorStateStore")).Problem("only one component may say actorStateStore: \"true\"");
        }
    }

    public IReadOnlyList<Component> Definitions { get; }
    public StateComponents States => new(states);
    public LockComponents Locks => new(locks);
    public PubSubComponents PubSubs => new(pubSubs);
    public SecretStores Secrets { get; } = new();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stateFiles.Values.Cast<IAsyncDisposable>().Concat(topicFiles.Values))
        {
            await store.DisposeAsync();
        }
    }

    private bool Open(Component component)
    {
        if (openers.TryGetValue(component.Type, out var open))
        {
            open(Secrets.Resolve(component));
            return true;
        }

        return component.IgnoreErrors ? false : throw component.Problem(
            $"spec.type '{component.Type}' is not one the local sidecar has ({string.Join(", ", openers.Keys)}); "
            + "put a component of the same name into an overlay folder given with --resources-path");
    }

    private SqliteStateStore OpenState(Component component) => OpenFile(component, stateFiles, path => new SqliteStateStore(path, clock));

    private SqliteTopicLog OpenTopics(Component component) => OpenFile(component, topicFiles, path => new SqliteTopicLog(path, clock));

    /// <summary>Paths are relative to the data folder; components that name the same file share it.</summary>
    private T OpenFile<T>(Component component, Dictionary<string, T> open, Func<string, T> create)
    {
        var text = component.Required("connectionString");
        var bare = text.StartsWith("file:", StringComparison.Ordinal) ? text["file:".Length..].Split('?')[0] : text;
        var path = Path.GetFullPath(bare, data);
        if (open.TryGetValue(path, out var file))
        {
            return file;
        }

        try
        {
            return open[path] = create(path);
        }
        catch (Exception error) when (error is SqliteException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw component.Problem($"{path} cannot be opened: {error.Message}");
        }
    }
}
