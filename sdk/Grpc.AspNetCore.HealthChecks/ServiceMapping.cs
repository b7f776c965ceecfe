using System.Collections;
using System.Collections.ObjectModel;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A health check that may or may not decide about a service.</summary>
/// <param name="name">The name of the check.</param>
/// <param name="tags">The tags of the check.</param>
public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    /// <summary>The name of the check.</summary>
    public string Name { get; } = name;

    /// <summary>The tags of the check.</summary>
    public IEnumerable<string> Tags { get; } = tags;
}

/// <summary>A service and the checks that decide about it.</summary>
/// <param name="name">The full name of the service; "" for the whole server.</param>
/// <param name="predicate">Picks the checks.</param>
public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
{
    /// <summary>The full name of the service; "" for the whole server.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Picks the checks.</summary>
    public Func<HealthCheckMapContext, bool>? HealthCheckPredicate { get; } =
        predicate ?? throw new ArgumentNullException(nameof(predicate));

    internal bool Covers(string check, IEnumerable<string> tags) =>
        HealthCheckPredicate!(new HealthCheckMapContext(check, tags));
}

/// <summary>The services whose health can be asked for, each at most once.</summary>
public sealed class ServiceMappingCollection : IEnumerable<ServiceMapping>
{
    private readonly ByName _mappings = new();

    /// <summary>The number of services.</summary>
    public int Count => _mappings.Count;

    /// <summary>Adds a service.</summary>
    /// <param name="service">The service and its checks.</param>
    /// <exception cref="ArgumentException">The service is there already.</exception>
    public void Add(ServiceMapping service) => _mappings.Add(service);

    /// <summary>Adds a service or replaces its checks.</summary>
    /// <param name="name">The full name of the service; "" for the whole server.</param>
    /// <param name="predicate">Picks the checks.</param>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        var mapping = new ServiceMapping(name, predicate);
        _mappings.Remove(name);
        _mappings.Add(mapping);
    }

    /// <summary>Removes a service, if it is there.</summary>
    /// <param name="name">The full name of the service.</param>
    public void Remove(string name) => _mappings.Remove(name);

    /// <summary>Removes all services.</summary>
    public void Clear() => _mappings.Clear();

    /// <summary>Walks the services.</summary>
    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ServiceMapping? Find(string name) => _mappings.TryGetValue(name, out var mapping) ? mapping : null;

    private sealed class ByName() : KeyedCollection<string, ServiceMapping>(StringComparer.Ordinal)
    {
        protected override string GetKeyForItem(ServiceMapping item) => item.Name;
    }
}
