using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Proto files by name and by the symbols they define. It never changes.</summary>
public class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);

    private SymbolRegistry()
    {
    }

    /// <summary>A registry of files and of everything they depend on.</summary>
    /// <param name="fileDescriptors">The files.</param>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors)
    {
        ArgumentNullException.ThrowIfNull(fileDescriptors);
        var registry = new SymbolRegistry();
        foreach (var file in fileDescriptors)
        {
            registry.Add(file);
        }

        return registry;
    }

    /// <summary>The file with a name; null when it is not known.</summary>
    /// <param name="filename">The name, as in import statements.</param>
    public FileDescriptor? FileByName(string filename) => _files.GetValueOrDefault(filename);

    /// <summary>The file that defines a message, field, enum, service or method; null when it is not known.</summary>
    /// <param name="symbol">The full name.</param>
    public FileDescriptor? FileContainingSymbol(string symbol) => _symbols.GetValueOrDefault(symbol);

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Add(dependency);
        }

        IEnumerable<IDescriptor> symbols = [.. file.EnumTypes, .. file.Services, .. file.Services.SelectMany(service => service.Methods)];
        foreach (var symbol in symbols.Concat(file.MessageTypes.SelectMany(Symbols)))
        {
            _symbols[symbol.FullName] = file;
        }
    }

    private static IEnumerable<IDescriptor> Symbols(MessageDescriptor message) =>
    [
        message,
        .. message.Fields.InDeclarationOrder(),
        .. message.EnumTypes,
        .. message.NestedTypes.SelectMany(Symbols),
    ];
}
