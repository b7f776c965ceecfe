using Microsoft.Data.Sqlite;
using Sidecar.Resources;
using Sidecar.State;

namespace Sidecar;

/// <summary>The components of the resource folders, opened. Whatever cannot be opened stops the start with its file and name.</summary>
internal sealed class LoadedComponents : IAsyncDisposable
{
    private static readonly string[] Supported =
        ["state.sqlite", "state.in-memory"];

    private readonly Dictionary<string, SqliteStateStore> stateFiles = [];
    private readonly Dictionary<string, StateComponent> states = [];
    private readonly TimeProvider clock;
    private readonly string data;

    public LoadedComponents(IReadOnlyList<Component> components, string data, TimeProvider clock)
    {
        this.data = data;
        this.clock = clock;
        Definitions = components;
        foreach (var component in components)
        {
            Open(component);
        }

        if (components.Count(one => one.Flag("actorStateStore")) > 1)
        {
            throw components.Last(one => one.Flag("actorStateStore")).Problem("only one component may say actorStateStore: \"true\"");
        }

        States = new StateComponents(states);
    }

    public IReadOnlyList<Component> Definitions { get; }

    public StateComponents States { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stateFiles.Values)
        {
            await store.DisposeAsync();
        }
    }

    private void Open(Component component)
    {
        switch (component.Type)
        {
            case "state.sqlite":
                states[component.Name] = new StateComponent(component, OpenState(component));
                break;
            case "state.in-memory":
                states[component.Name] = new StateComponent(component, new MemoryStateStore(clock));
                break;
            default:
                Refuse(component);
                break;
        }
    }

    private static void Refuse(Component component)
    {
        if (!component.IgnoreErrors)
        {
            throw component.Problem(
                $"spec.type '{component.Type}' is not one the local sidecar has ({string.Join(", ", Supported)}); "
                + "put a component of the same name into an overlay folder given with --resources-path");
        }
    }

    private SqliteStateStore OpenState(Component component)
    {
        var path = DataFile(component);
        if (stateFiles.TryGetValue(path, out var open))
        {
            return open;
        }

        try
        {
            return stateFiles[path] = new SqliteStateStore(path, clock);
        }
        catch (Exception error) when (error is SqliteException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw component.Problem($"{path} cannot be opened: {error.Message}");
        }
    }

    /// <summary>Paths are relative to the data folder.</summary>
    private string DataFile(Component component)
    {
        var text = component.Required("connectionString");
        var path = text.StartsWith("file:", StringComparison.Ordinal) ? text["file:".Length..].Split('?')[0] : text;
        path = path.StartsWith("data source=", StringComparison.OrdinalIgnoreCase) ? path["data source=".Length..] : path;
        return Path.GetFullPath(path, data);
    }
}
