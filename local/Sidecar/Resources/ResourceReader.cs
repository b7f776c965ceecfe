namespace Sidecar.Resources;

/// <summary>
/// Reads the resource folders. A resource in a later folder replaces the one of the same kind and name in an earlier folder,
/// so that an overlay can swap a store for a local one; twice in one folder is an error.
/// </summary>
internal static class ResourceReader
{
    private const string V1 = "dapr.io/v1alpha1";
    private const string V2 = "dapr.io/v2alpha1";

    public static ResourceSet Read(IEnumerable<string> folders)
    {
        var found = new Dictionary<(string Kind, string Name), YamlMap>();
        foreach (var folder in folders.Distinct())
        {
            foreach (var (key, document) in ReadFolder(folder))
            {
                found[key] = document;
            }
        }

        var all = found.OrderBy(entry => entry.Key.Name, StringComparer.Ordinal).ToArray();
        return new ResourceSet(
            [.. all.Where(entry => entry.Key.Kind == "Component").Select(entry => ReadComponent(entry.Value))],
            [.. all.Where(entry => entry.Key.Kind == "Subscription").Select(entry => ReadSubscription(entry.Value))],
            [.. all.Where(entry => entry.Key.Kind == "Resiliency").Select(entry => ReadResiliency(entry.Value))]);
    }

    private static Dictionary<(string Kind, string Name), YamlMap> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ConfigurationException($"{folder}: the resources folder does not exist");
        }

        var found = new Dictionary<(string, string), YamlMap>();
        var files = Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal);
        foreach (var document in files.SelectMany(YamlMap.ReadDocuments).Where(IsResource))
        {
            var key = (document.RequiredText("kind"), document.RequiredMap("metadata").RequiredText("name"));
            if (!found.TryAdd(key, document))
            {
                throw document.Problem("metadata", $"repeats {key.Item1} '{key.Item2}' of {found[key].File}");
            }
        }

        return found;
    }

    private static bool IsResource(YamlMap document) => (document.Text("apiVersion"), document.Text("kind")) switch
    {
        (V1, "Component" or "Subscription" or "Resiliency") => true,
        (V2, "Subscription") => true,
        _ => false,
    };

    private static Component ReadComponent(YamlMap document)
    {
        var spec = document.RequiredMap("spec");
        return new Component(
            document.RequiredMap("metadata").RequiredText("name"),
            spec.RequiredText("type"),
            [.. spec.Maps("metadata").Select(ReadMetadata)])
        {
            File = document.File,
            Scopes = document.Texts("scopes"),
            SecretStore = document.Map("auth")?.Text("secretStore"),
            IgnoreErrors = spec.Flag("ignoreErrors"),
        };
    }

    private static MetadataItem ReadMetadata(YamlMap item)
    {
        var name = item.RequiredText("name");
        if (item.Map("secretKeyRef") is { } secret)
        {
            return new MetadataItem(name, null, secret.RequiredText("name"), secret.Text("key") ?? secret.RequiredText("name"));
        }

        var value = item.Text("envRef") is { } variable ? Environment.GetEnvironmentVariable(variable) : item.Text("value");
        return new MetadataItem(name, value?.Replace("{uuid}", Guid.NewGuid().ToString(), StringComparison.Ordinal), null, null);
    }

    private static Subscription ReadSubscription(YamlMap document)
    {
        var spec = document.RequiredMap("spec");
        var bulk = spec.Map("bulkSubscribe");
        return new Subscription(spec.RequiredText("pubsubname"), spec.RequiredText("topic"), ReadRoutes(spec))
        {
            DeadLetterTopic = spec.Text("deadLetterTopic"),
            Bulk = bulk is not null && bulk.Flag("enabled")
                ? new BulkOptions(
                    bulk.Number("maxMessagesCount") ?? BulkOptions.Default.MaxMessages,
                    TimeSpan.FromMilliseconds(bulk.Number("maxAwaitDurationMs") ?? BulkOptions.Default.MaxAwait.TotalMilliseconds))
                : null,
            RawPayload = spec.Pairs("metadata").TryGetValue("rawPayload", out var raw) && YamlMap.IsTrue(raw),
            Scopes = document.Texts("scopes"),
            Declarative = true,
        };
    }

    private static List<RouteRule> ReadRoutes(YamlMap spec)
    {
        if (spec.Text("route") is { } route)
        {
            return [new RouteRule(null, route)];
        }

        var routes = spec.RequiredMap("routes");
        var rules = routes.Maps("rules").Select(rule => new RouteRule(rule.RequiredText("match"), rule.RequiredText("path"))).ToList();
        if (routes.Text("default") is { } path)
        {
            rules.Add(new RouteRule(null, path));
        }

        return rules;
    }

    // Policies are checked for shape only: the local sidecar retries nothing on its own.
    private static string ReadResiliency(YamlMap document)
    {
        var spec = document.RequiredMap("spec");
        spec.Map("policies");
        spec.Map("targets");
        return document.RequiredMap("metadata").RequiredText("name");
    }
}
