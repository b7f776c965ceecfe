using System.Globalization;
using Sidecar.Resources;

namespace Sidecar.State;

/// <summary>Why a state request is refused before it reaches a store.</summary>
internal enum StateProblem
{
    NotConfigured,
    StoreNotFound,
    BadRequest,
}

internal sealed class StateRequestException(StateProblem problem, string message) : Exception(message)
{
    public StateProblem Problem { get; } = problem;
}

/// <summary>A state component as one app sees it: a store and the way its keys are prefixed.</summary>
internal sealed record StateComponent(Component Definition, IStateStore Store)
{
    private const string Separator = "||";

    /// <summary>The key in the store.</summary>
    /// <exception cref="StateRequestException">The key is empty or contains the separator.</exception>
    public string KeyFor(string appId, string key)
    {
        if (key.Length == 0 || key.Contains(Separator, StringComparison.Ordinal))
        {
            throw new StateRequestException(
                StateProblem.BadRequest, key.Length == 0 ? "key is empty" : $"input key/keyPrefix '{key}' can't contain '||'");
        }

        return Definition["keyPrefix"] switch
        {
            null or "" or "appid" => $"{appId}{Separator}{key}",
            "name" => $"{Definition.Name}{Separator}{key}",
            "namespace" => $"default.{appId}{Separator}{key}",
            "none" => key,
            var literal => $"{literal}{Separator}{key}",
        };
    }

    public static DateTimeOffset? Expiry(IReadOnlyDictionary<string, string> metadata, TimeProvider clock)
    {
        var text = metadata.FirstOrDefault(item => item.Key.Equals("ttlInSeconds", StringComparison.OrdinalIgnoreCase)).Value;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && seconds is -1 or > 0
            ? seconds < 0 ? null : clock.GetUtcNow().AddSeconds(seconds)
            : throw new StateRequestException(StateProblem.BadRequest, $"ttlInSeconds must be a number of seconds or -1, not '{text}'");
    }
}

/// <summary>The state components of the resource folders.</summary>
internal sealed class StateComponents(IReadOnlyDictionary<string, StateComponent> components)
{
    /// <exception cref="StateRequestException">There is no such component for this app.</exception>
    public StateComponent Find(string appId, string name)
    {
        if (components.TryGetValue(name, out var found) && found.Definition.IsFor(appId))
        {
            return found;
        }

        throw components.Values.Any(one => one.Definition.IsFor(appId))
            ? new StateRequestException(StateProblem.StoreNotFound, $"state store {name} is not found")
            : new StateRequestException(StateProblem.NotConfigured, $"state store {name} is not configured");
    }

    public IEnumerable<Component> For(string appId) => components.Values.Select(one => one.Definition).Where(one => one.IsFor(appId));
}
